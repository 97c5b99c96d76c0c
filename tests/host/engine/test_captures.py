"""Captures that several workers write to, and that go on while the graph changes: they have every packet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.host.engine.graphs import (
    Json,
    Report,
    generator,
    graph,
    module,
    node,
    nowhere,
    path,
    running,
    serve,
)
from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, process

ENDLESS = 1 << 40
PACKETS = 20_000
SIZE = 64


def check_frames(capture: Path, count: int) -> None:
    found = read_capture(capture)
    assert len(found) == count
    assert {len(packet.frame) for packet in found} == {SIZE}


def test_workers_share_a_mirror(fphost: Path, tmp_path: Path) -> None:
    nodes = [
        generator(packets=PACKETS),
        node("copy", "mirror", path=str(tmp_path / "copy.pcap")),
        nowhere(),
    ]
    report, _ = serve(fphost, graph(nodes, path("in", "copy", "out"), cores=[0, 0, 0]))
    assert report.sum("sent") == PACKETS
    check_frames(tmp_path / "copy.pcap", PACKETS)


def test_workers_share_a_fault_capture(fphost: Path, make_module: MakeModule, tmp_path: Path) -> None:
    """Each worker's instance faults in its third batch, and lets packets pass from then on."""
    bad = make_module(process("if (call == 3) *(volatile char *)1 = 0;"))
    capture = tmp_path / "faults.pcap"
    nodes = [
        generator(packets=PACKETS),
        module("bad", bad, policy="bypass", fault_capture=str(capture)),
        nowhere(),
    ]
    _, outcome = serve(fphost, graph(nodes, path("in", "bad", "out"), cores=[0, 0]))
    faults = outcome.all("fault")
    assert [fault["capture"] for fault in faults] == [str(capture)] * 2
    begin, end = sorted((fault["captured_from"], fault["packets"]) for fault in faults)
    assert (begin[0], end[0]) == (1, 1 + begin[1])
    check_frames(capture, sum(fault["packets"] for fault in faults))


def two_tenants(sink: list[Json], buffers: int = 1024, **changes: Any) -> Json:
    """Tenant b's nodes behind tenant a's input; other `buffers` make them anew."""
    nodes = [generator(packets=ENDLESS), *sink]
    names = [entry["name"] for entry in nodes]
    tenants = [{"name": "a"}, {"name": "b", "buffers": buffers}]
    return graph(nodes, path(*names), tenants=tenants, **changes)


def sent(report: Report) -> int:
    return int(report.sum("sent") + report.whole["gone"]["sent"])


SINKS = {
    "mirror": lambda file: [node("copy", "mirror", tenant="b", path=file), nowhere(tenant="b")],
    "output": lambda file: [node("out", "output", tenant="b", type="pcap", path=file)],
}


@pytest.mark.parametrize("sink", SINKS)
def test_a_capture_goes_on_when_its_node_is_made_anew(fphost: Path, tmp_path: Path, sink: str) -> None:
    capture = tmp_path / "copy.pcap"
    nodes = SINKS[sink](str(capture))
    with running(fphost, two_tenants(nodes), tmp_path) as host:
        for buffers in (512, 2048, 512):
            host.wait_for("out", 1000)
            assert host.ask(do="update", graph=two_tenants(nodes, buffers)) == {"ok": True}
        host.wait_for("out", 1000)
        report = host.finish()
    report.check_accounts()
    check_frames(capture, sent(report))


@pytest.mark.parametrize("sink", SINKS)
def test_a_refused_update_leaves_a_capture_alone(
    fphost: Path, make_module: MakeModule, tmp_path: Path, sink: str
) -> None:
    capture = tmp_path / "copy.pcap"
    nodes = SINKS[sink](str(capture))
    refuses = make_module(PASS + "int init(const struct fp_args *args) { (void)args; return 7; }")
    bad = [*nodes[:-1], module("new", refuses, tenant="b"), nodes[-1]]
    with running(fphost, two_tenants(nodes), tmp_path) as host:
        host.wait_for("out", 1000)
        assert "returned 7" in host.ask(do="update", graph=two_tenants(bad, 512))["error"]
        host.wait_for("out", 2000)
        report = host.finish()
    check_frames(capture, sent(report))


# What the mirror and the module's faults are written to, and how the clash is called.
CLASHES = {
    "mirror of the input": ("in.pcap", "faults.pcap", "copy.path is the same file as in.path"),
    "faults over the input": ("copy.pcap", "in.pcap", "nf.fault_capture is the same file as in.path"),
    "faults over the mirror": ("new.pcap", "./new.pcap", "copy.path is the same file as nf.fault_capture"),
    "mirror over the module": ("nf.fpm", "faults.pcap", "copy.path is the same file as nf.module"),
}


def clashing(directory: Path, mirror: str, faults: str) -> Json:
    nodes = [
        node("in", "input", type="pcap", path=f"{directory}/in.pcap"),
        node("copy", "mirror", path=f"{directory}/{mirror}"),
        module("nf", directory / "nf.fpm", fault_capture=f"{directory}/{faults}"),
        nowhere(),
    ]
    return graph(nodes, path("in", "copy", "nf", "out"))


@pytest.mark.parametrize("clash", CLASHES)
def test_no_node_writes_over_a_file_of_the_graph(
    fphost: Path, make_module: MakeModule, tmp_path: Path, clash: str
) -> None:
    mirror, faults, said = CLASHES[clash]
    write_capture(tmp_path / "in.pcap", [Captured(bytes(SIZE), 1)])
    (tmp_path / "nf.fpm").write_bytes(make_module(PASS).read_bytes())
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with running(fphost, graph([generator(packets=ENDLESS), nowhere()], path("in", "out")), tmp_path) as host:
        said_by_host = host.ask(do="update", graph=clashing(tmp_path, mirror, faults))["error"]
        host.finish()
    assert said in said_by_host
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert {name: after[name] for name in before} == before and not (tmp_path / "new.pcap").exists()
