"""Devices of DPDK as inputs and outputs of a graph: frames, where they lie, and queues for several nodes."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.host.engine.graphs import Json, Report, generator, graph, module, node, nowhere, path, serve
from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.dpdk import device, require_dpdk
from tests.host.run.runner import run_host
from tests.host.run.sources import PASS, process

COUNT = 5000


@pytest.fixture(autouse=True)
def _needs_dpdk(fphost: Path) -> None:
    require_dpdk(fphost)


def edge(source: str, gate: int, target: str) -> Json:
    return {"from": source, "gate": gate, "to": target}


def check_buffers(report: Report) -> None:
    """All have come back."""
    tenants = report.whole["tenants"]
    assert [entry["free_buffers"] for entry in tenants] == [entry["buffers"] for entry in tenants] != []


def make_frame(number: int) -> bytes:
    """Of one of many flows."""
    random_bytes = random.Random(number).randbytes(1800)
    return b"\x02" * 12 + b"\x08\x00\x45" + random_bytes[: 45 + number * 7 % 1700]


@pytest.mark.parametrize("cores", [[0], [0, 0]])
def test_frames_of_devices_go_through_a_graph(
    cores: list[int], fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    given, out = tmp_path / "in.pcap", tmp_path / "out.pcap"
    frames = [make_frame(number) for number in range(COUNT)]
    write_capture(given, [Captured(frame) for frame in frames])
    nodes = [
        node("in", "input", **device(f"net_pcap0,rx_pcap={given}", packets=COUNT)),
        module("nf", make_module(PASS)),
        node("out", "output", **device(f"net_pcap1,tx_pcap={out}")),
    ]
    report, outcome = serve(fphost, graph(nodes, path("in", "nf", "out"), cores=cores))
    report.check_accounts()
    assert report.sum("sent") == COUNT and report.dropped() == 0, outcome
    data = bytearray(out.read_bytes())
    data[:4] = bytes.fromhex("4d3cb2a1")  # microseconds, which the reader does not read
    out.write_bytes(data)
    assert Counter(packet.frame for packet in read_capture(out)) == Counter(frames)


@pytest.mark.parametrize(("buffers", "taken"), [(2048, 1023), (1024, 896)])
def test_what_a_device_does_not_take_is_counted(
    buffers: int, taken: int, fphost: Path, make_module: MakeModule
) -> None:
    """A ring of DPDK keeps 1023, but leaves two batches' buffers to the tenant."""
    nodes = [
        node("in", "input", type="pool", packets=3000, count=64),
        module("nf", make_module(PASS)),
        node("out", "output", **device("net_ring0")),
    ]
    tenants = [{"name": "a", "buffers": buffers}]
    report, _ = serve(fphost, graph(nodes, path("in", "nf", "out"), tenants=tenants))
    report.check_accounts()
    assert report.counts("out")["drops"] == {"output full": 3000 - taken}


def across_a_ring(receiver: str, made: int, modules: tuple[Path, Path], **end: int) -> Json:
    """Tenant a's packets go through one module and out by a ring, whence the receiver has them for the
    other; `end` is when nothing more is received."""
    first, look = modules
    nodes = [
        generator("in", packets=made),
        module("first", first),
        node("out", "output", **device("net_ring0")),
        node("again", "input", tenant=receiver, **device("net_ring0", **end)),
        module("look", look, tenant=receiver),
        nowhere("end", tenant=receiver),
    ]
    edges = [*path("in", "first", "out"), *path("again", "look", "end"), edge("look", 1, "end")]
    return graph(nodes, edges, tenants=[{"name": "a"}, {"name": "b"}])


# Writes what is not of the frame, before it; and packets that have it before them leave by gate 1.
MARKS = process("""
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].data[-1] = batch->packet[i].data[43] ^ 0xa5;
""")
SEES_MARKS = process("""
	for (unsigned i = 0; i < batch->count; i++) {
		unsigned char *frame = batch->packet[i].data;
		batch->packet[i].gate = frame[-1] == (frame[43] ^ 0xa5);
	}
""")


@pytest.mark.parametrize("receiver", ["a", "b"])
def test_a_frame_stays_in_its_buffer_within_a_tenant(
    receiver: str, fphost: Path, make_module: MakeModule
) -> None:
    """What goes out by a ring comes in by it: in the same buffer, unless that is another tenant's."""
    modules = make_module(MARKS), make_module(SEES_MARKS)
    report, _ = serve(fphost, across_a_ring(receiver, 640, modules, packets=640))
    report.check_accounts()
    assert report.counts("look")["gates"] == ({"1": 640} if receiver == "a" else {"0": 640})
    check_buffers(report)


# Writes all over the buffers of the batch before, which are a device's by then.
SCRIBBLES = process(
    """
	for (unsigned i = 0; i < count; i++)
		for (int at = -128; at < 1900; at += 4)
			before[i][at] = (unsigned char)call;
	count = batch->count;
	for (unsigned i = 0; i < count; i++)
		before[i] = batch->packet[i].data;
""",
    before="static unsigned char *before[64]; static unsigned count;",
)
CHECKS_LENGTH = process("""
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].gate = batch->packet[i].len != 64;
""")


@pytest.mark.parametrize("receiver", ["a", "b"])
def test_what_a_module_writes_while_a_device_has_the_buffer_is_only_bytes(
    receiver: str, fphost: Path, make_module: MakeModule
) -> None:
    modules = make_module(SCRIBBLES), make_module(CHECKS_LENGTH)
    report, _ = serve(fphost, across_a_ring(receiver, 6400, modules, idle_ms=200))
    report.check_accounts()
    assert set(report.counts("look")["gates"]) == {"0"}
    check_buffers(report)


def test_a_device_serves_inputs_and_outputs_of_several_workers(
    fphost: Path, make_module: MakeModule, request: pytest.FixtureRequest
) -> None:
    """What worker 1 sends lies in its own buffers, which worker 0 returns to it."""
    if request.node.callspec.params["fphost"] == "threads":
        pytest.skip("ThreadSanitizer does not see how DPDK hands packets from thread to thread")
    nodes = [
        generator("gen-a", packets=800),
        node("out-a", "output", **device("net_ring0")),
        generator("gen-b", packets=800, tenant="b", worker=1),
        node("out-b", "output", tenant="b", worker=1, **device("net_ring0")),
        node("in", "input", **device("net_ring0", packets=1600)),
        module("nf", make_module(PASS)),
        nowhere("end"),
    ]
    edges = [*path("gen-a", "out-a"), *path("gen-b", "out-b"), *path("in", "nf", "end")]
    tenants = [{"name": "a", "workers": [0]}, {"name": "b", "workers": [1]}]
    report, _ = serve(fphost, graph(nodes, edges, tenants=tenants, cores=[0, 0]))
    report.check_accounts()
    assert report.counts("nf")["in"] == 1600 and report.dropped() == 0
    check_buffers(report)


@pytest.mark.parametrize("inputs", [1, 3])
def test_a_device_serves_several_inputs(inputs: int, fphost: Path, make_module: MakeModule) -> None:
    names = [f"in-{number}" for number in range(inputs)]
    nodes = [
        *(node(name, "input", **device("net_null0", packets=1000)) for name in names),
        module("nf", make_module(PASS)),
        node("out", "output", **device("net_null0,size=200")),
    ]
    edges = [*path("nf", "out"), *(path(name, "nf")[0] for name in names)]
    report, _ = serve(fphost, graph(nodes, edges))
    report.check_accounts()
    assert report.sum("sent") == report.sum("received") == 1000 * inputs


WRONG = {
    "outputs": (
        [("out", "net_pcap0,tx_pcap={0}"), ("out", "net_pcap0")],
        [],
        "DPDK device net_pcap0: 2 outputs need a queue each to send by, and it has 1",
    ),
    "inputs": (
        [("in", "net_pcap0,tx_pcap={0},rx_pcap={1}"), ("in", "net_pcap0")],
        [],
        "DPDK device net_pcap0: 2 inputs need a queue each to receive from, and it has 1",
    ),
    "arguments": (
        [("in", "net_null0,size=65"), ("out", "net_null0,size=66")],
        [],
        "DPDK device net_null0 cannot be made both of net_null0,size=65 and of net_null0,size=66",
    ),
    "buffers": (
        [("in", "net_null0")],
        [{"name": "a", "buffers": 255}],
        'DPDK device net_null0 needs a tenant with at least 256 "buffers", and this one has 255',
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(name: str, fphost: Path, tmp_path: Path) -> None:
    ports, tenants, said = WRONG[name]
    given = write_capture(tmp_path / "in.pcap", [Captured(make_frame(1))])
    nodes, edges = [generator("gen"), nowhere("end")], path("gen", "end")
    for number, (kind, text) in enumerate(ports):
        port = device(text.format(tmp_path / "out.pcap", given))
        nodes.append(node(f"port{number}", "input" if kind == "in" else "output", **port))
        if kind == "out":
            nodes += [generator(f"gen{number}")]
        edges += path(f"port{number}", "end") if kind == "in" else path(f"gen{number}", f"port{number}")
    wanted = graph(nodes, edges) | ({"tenants": tenants} if tenants else {})
    outcome = run_host(fphost, "serve", {"graph": wanted})
    assert outcome.status != 0 and said in outcome.one("error")["text"], outcome
