"""`fpcc run` between live interfaces: the words for them, and what is said when they do not serve."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import RunJson
from tests.network import drain, enter_namespace, make_pair, open_end

FPCC = Path(sys.executable).parent / "fpcc"
FRAME = bytes.fromhex("020000005301 020000005302 0800").ljust(60, b"\x55")


@pytest.fixture
def network() -> Iterator[None]:
    with enter_namespace():
        make_pair("far", "near")
        yield


def start(*words: str | Path) -> subprocess.Popen[str]:
    """Frames may be sent once it is promiscuous."""
    process = subprocess.Popen([FPCC, "run", *map(str, words)], stdout=subprocess.PIPE, text=True)
    command = ["ip", "-d", "-o", "link", "show", "near"]
    while "promiscuity 1 " not in subprocess.run(command, capture_output=True, text=True, check=True).stdout:
        assert process.poll() is None
    return process


@pytest.mark.usefixtures("network")
def test_packets_go_from_interface_to_interface(macswap: Path) -> None:
    with open_end("far") as far:
        process = start(macswap, "--in", "af_packet:near", "--out", "af_packet:near", "--packets", "40")
        while process.poll() is None:
            far.send(FRAME)
        frames = drain(far)
    said = process.communicate()[0]
    assert process.returncode == 0
    assert "40 packets in, 40 out, 0 dropped" in said
    assert frames == [FRAME[6:12] + FRAME[:6] + FRAME[12:]] * 40


@pytest.mark.usefixtures("network")
def test_a_graph_may_name_interfaces(run_json: RunJson, macswap: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph.toml"
    graph.write_text(
        '[input]\ntype = "af_packet"\ninterface = "near"\nidle_ms = 50\npromiscuous = false\n'
        f'[output]\ntype = "af_packet"\ninterface = "near"\n[[node]]\nname = "only"\nmodule = "{macswap}"\n'
    )
    status, said = run_json(graph)
    assert (status, said["in"], said["outcome"]) == (0, 0, "done")


@pytest.mark.usefixtures("network")
def test_an_interface_that_is_not_there_is_named(run_fpcc: RunFpcc, macswap: Path) -> None:
    done = run_fpcc("run", macswap, "--in", "af_packet:nowhere")
    assert done.returncode == 1
    assert "input: af_packet:nowhere: there is no such interface here" in done.stderr


WRONG = {
    "no name": (("--in", "af_packet:"), "--in af_packet:: the interface's name is missing: af_packet:NAME"),
    "long": (
        ("--in", "af_packet:" + "i" * 16),
        '--in is "iiiiiiiiiiiiiiii"; the name of an interface has at most',
    ),
    "out": (("--in", "af_packet:lo", "--out", "af_packet:a/b"), '--out is "a/b"; the name of an interface'),
    "file": (("--in", "examples/traffic/demo.pcap", "--packets", "1"), "--packets is for interfaces"),
    "paced": (("--in", "af_packet:lo", "--paced"), "--paced is for capture files"),
    "none": (("--in", "af_packet:lo", "--packets", "0"), "--packets is 0; allowed are 1 to"),
    "idle": (("--in", "af_packet:lo", "--idle-ms", "-1"), "--idle-ms is -1; allowed are 1 to"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_words_are_refused(case: str, run_fpcc: RunFpcc, macswap: Path) -> None:
    words, says = WRONG[case]
    done = run_fpcc("run", macswap, *words)
    assert done.returncode == 1 and says in done.stderr, done.stderr


def test_a_file_of_such_a_name_is_written_with_its_directory(
    run_fpcc: RunFpcc, macswap: Path, demo: Path, tmp_path: Path
) -> None:
    (tmp_path / "af_packet:near").write_bytes(demo.read_bytes())
    assert run_fpcc("run", macswap, "--in", tmp_path / "af_packet:near").returncode == 0
