"""`fpcc run` runs what it has verified: nothing else, and not what the file becomes after that."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from fpcc.paths import host_program
from fpcc.run_plan import Node, RunPlan
from fpcc.verified_modules import ModuleRefused, start_run
from fpcc.verifier.image import read_image
from tests.conftest import RunFpcc
from tests.host.run.runner import chain, node

SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


@pytest.fixture
def tampered(macswap: Path, tmp_path: Path) -> Path:
    """A module whose first instruction is a system call; the host's loader finds nothing wrong with it."""
    data = bytearray(macswap.read_bytes())
    image = read_image(bytes(data))
    at = data.index(image.text) + image.entries["process"] - image.text_span.start
    data[at : at + 2] = b"\x0f\x05"
    path = tmp_path / "tampered.fpm"
    path.write_bytes(data)
    return path


def test_what_the_verifier_refuses_does_not_run(run_fpcc: RunFpcc, tampered: Path, demo: Path) -> None:
    done = run_fpcc("run", tampered, "--in", demo)
    assert done.returncode == 4
    assert done.stderr.startswith(f"{tampered}: refused: rule instruction at 0x")
    assert f"fpcc verify {tampered}" in done.stderr


def test_the_operator_can_run_it_all_the_same(run_fpcc: RunFpcc, tampered: Path, demo: Path) -> None:
    done = run_fpcc("run", tampered, "--in", demo, "--allow-unverified")
    assert "tampered is not verified: rule instruction" in done.stderr
    assert done.returncode in (0, 4) and "4,978 packets in" in done.stdout


def test_no_graph_can_ask_for_it(run_fpcc: RunFpcc, tampered: Path, demo: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph.toml"
    text = f'''[input]\ntype = "pcap"\npath = "{demo}"\n[output]\ntype = "null"\n'''
    graph.write_text(f'''allow_unverified = true\n{text}[[node]]\nname = "nf"\nmodule = "{tampered}"\n''')
    done = run_fpcc("run", graph)
    assert done.returncode == 1 and "allow_unverified: unknown key" in done.stderr


def test_a_file_that_changes_afterwards_changes_nothing(macswap: Path, demo: Path, tmp_path: Path) -> None:
    module = tmp_path / "nf.fpm"
    module.write_bytes(macswap.read_bytes())
    plan = RunPlan({"type": "pcap", "path": str(demo)}, {"type": "null"}, (Node("nf", module),))
    with start_run(plan) as host:
        module.write_bytes(b"something else")
        done = [event for event in host.events() if event["event"] == "done"]
    assert host.status == 0 and done[0]["out"] == 4978


def test_a_file_that_changed_before_is_seen(tampered: Path, demo: Path) -> None:
    plan = RunPlan({"type": "pcap", "path": str(demo)}, {"type": "null"}, (Node("nf", tampered),))
    with pytest.raises(ModuleRefused), start_run(plan):
        pass


@pytest.mark.parametrize(
    ("changes", "seals", "status", "said"),
    [
        ({"sealed": 0}, SEALS, 0, ""),
        ({"sealed": 0}, SEALS & ~fcntl.F_SEAL_WRITE, 2, "file 0 of the control socket is not sealed"),
        ({"sealed": 0}, 0, 2, "file 0 of the control socket is not sealed"),
        ({"sealed": 1}, SEALS, 2, "only 1 were sent"),
        ({}, SEALS, 2, "nobody has verified this module"),
    ],
)
def test_the_host_takes_sealed_files_only(
    macswap: Path, changes: dict[str, int], seals: int, status: int, said: str
) -> None:
    fd = os.memfd_create("module", os.MFD_ALLOW_SEALING)
    os.write(fd, macswap.read_bytes())
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    ours, theirs = socket.socketpair()
    with subprocess.Popen(
        [host_program(), "run", "-"], stdin=theirs.fileno(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        theirs.close()
        config = chain(node(macswap, **changes), allow_unverified=False, allow_unprotected=False)
        socket.send_fds(ours, [json.dumps(config).encode()], [fd])
        ours.shutdown(socket.SHUT_WR)
        _, errors = process.communicate()
    ours.close()
    os.close(fd)
    assert process.returncode == status, errors
    assert said in errors.decode()
