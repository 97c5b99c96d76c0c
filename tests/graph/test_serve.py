"""`fpcc serve`: from the first packet to the tables."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import RunFpcc
from tests.fpcc.run.conftest import CRASHING, BuildModule
from tests.graph.serving import GRAPH, POOL, serving, write_graph
from tests.host.engine.graphs import Report
from tests.nfs.capture_file import read_capture


def test_packets_of_a_capture_cross_tenants(
    tmp_path: Path, macswap: Path, demo: Path, run_fpcc: RunFpcc
) -> None:
    """What was sent is in the other capture, its addresses exchanged; what was not is accounted for."""
    source = f'type = "pcap"\npath = "{demo}"'
    graph = write_graph(tmp_path / "g.toml", macswap, source=source, sink='type = "pcap"\npath = "out.pcap"')
    done = run_fpcc("serve", graph, "--control", tmp_path / "control", "--json", cwd=Path("/"))
    assert done.returncode == 0, done.stderr
    report = Report(json.loads(done.stdout)["report"])
    report.check_accounts()
    before, after = read_capture(demo), read_capture(tmp_path / "out.pcap")
    swapped = Counter(packet.data[6:12] + packet.data[:6] + packet.data[12:] for packet in before)
    assert Counter(packet.data for packet in after) <= swapped
    assert (report.sum("received"), report.sum("sent")) == (len(before), len(after))
    assert after


def test_it_ends_with_tables(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    graph = write_graph(tmp_path / "g.toml", macswap, source=POOL.format(1234))
    done = run_fpcc("serve", graph, "--control", tmp_path / "control", COLUMNS="60")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^ in +red +input +1,234 ", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_what_is_under_way_through(
    number: signal.Signals, tmp_path: Path, macswap: Path, run_fpcc: RunFpcc
) -> None:
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        service.wait_for("nf", 1000)
        service.process.send_signal(number)
        status, document = service.finish()
    assert (status, document["outcome"]) == (130, "interrupted")
    report = Report(document["report"])
    report.check_accounts()
    assert report.sum("queued") == 0


def test_a_fault_is_reported_with_its_line(
    tmp_path: Path, build_module: BuildModule, run_fpcc: RunFpcc
) -> None:
    source = tmp_path / "crashing.c"
    source.write_text(CRASHING)
    graph = write_graph(tmp_path / "g.toml", build_module(source), source=POOL.format(1000))
    done = run_fpcc("serve", graph, "--control", tmp_path / "control", "--json")
    assert done.returncode == 4
    document = json.loads(done.stdout)
    assert document["outcome"] == "faulted"
    assert "crashing.c:" in document["faults"][0]["report"]
    Report(document["report"]).check_accounts()


def test_an_unprotected_module_is_refused(tmp_path: Path, unprotected: Path, run_fpcc: RunFpcc) -> None:
    graph = write_graph(tmp_path / "g.toml", unprotected)
    done = run_fpcc("serve", graph, "--control", tmp_path / "control")
    assert done.returncode == 4
    assert "it is unprotected" in done.stderr
    graph = write_graph(
        graph, unprotected, GRAPH.replace("[host]", "[host]\nallow_unprotected = true"), POOL.format(10)
    )
    assert run_fpcc("serve", graph, "--control", tmp_path / "control").returncode == 0


def test_the_default_socket_is_this_users_only(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    graph = write_graph(tmp_path / "g.toml", macswap, source=POOL.format(10))
    done = run_fpcc("serve", graph, XDG_RUNTIME_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "fastpaas").stat().st_mode) == 0o700
    (tmp_path / "fastpaas").chmod(0o777)
    done = run_fpcc("serve", graph, XDG_RUNTIME_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "only you can write to" in done.stderr


def test_the_forms_of_files_are_told_apart(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    graph = write_graph(tmp_path / "g.toml", macswap)
    done = run_fpcc("run", graph)
    assert done.returncode == 1
    assert "`fpcc serve` runs" in done.stderr


def test_a_socket_in_use_is_left_alone(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    graph = write_graph(tmp_path / "g.toml", macswap)
    with serving(graph, run_fpcc) as service:
        done = run_fpcc("serve", graph, "--control", service.control)
        assert done.returncode == 1
        assert "Address already in use" in done.stderr
        assert service.ask("stop") == {"ok": True}
        assert service.finish()[0] == 0
    assert not os.path.exists(service.control)
