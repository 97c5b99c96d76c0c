"""`fphost serve`: packets through a graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.engine.graphs import generator, graph, module, node, nowhere, path, refused, running, serve
from tests.host.run.capture_files import Captured, read_capture, write_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, in_second_call, process

BY_TURNS = process("for (unsigned i = 0; i < batch->count; i++) batch->packet[i].gate = i % 3;")
MARK = process("for (unsigned i = 0; i < batch->count; i++) batch->packet[i].data[0] = MARK;")


def test_packets_take_the_edge_of_their_gate(fphost: Path, make_module: MakeModule) -> None:
    nodes = [
        generator(packets=960),
        module("split", make_module(BY_TURNS)),
        *(node(f"branch{i}", "counter") for i in range(3)),
        nowhere(),
    ]
    edges = [
        *path("in", "split"),
        *({"from": "split", "gate": i, "to": f"branch{i}"} for i in range(3)),
        *({"from": f"branch{i}", "to": "out"} for i in range(3)),
    ]
    report, _ = serve(fphost, graph(nodes, edges))
    report.check_accounts()
    assert report.sum("sent") == 960
    # 32 packets a batch: gates 0, 1, 2, 0, ...
    assert [report.counts(f"branch{i}")["in"] for i in range(3)] == [330, 330, 300]


def test_a_gate_that_leads_nowhere_drops(fphost: Path, make_module: MakeModule) -> None:
    nodes = [generator(), module("split", make_module(BY_TURNS)), nowhere()]
    report, _ = serve(fphost, graph(nodes, path("in", "split", "out")))
    report.check_accounts()
    assert report.counts("split")["drops"] == {"gate leads nowhere": 630}
    assert report.sum("sent") == 330


def test_packets_come_out_as_they_went_in_and_in_order(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    frames = [Captured(bytes([i % 256, i // 256]) * 30) for i in range(1000)]
    write_capture(tmp_path / "in.pcap", frames)
    nodes = [
        node("in", "input", type="pcap", path=str(tmp_path / "in.pcap")),
        module("nf", make_module(PASS)),
        node("copy", "mirror", path=str(tmp_path / "mirror.pcap")),
        node("out", "output", type="pcap", path=str(tmp_path / "out.pcap")),
    ]
    serve(fphost, graph(nodes, path("in", "nf", "copy", "out")))
    wanted = [frame.frame for frame in frames]
    assert [frame.frame for frame in read_capture(tmp_path / "out.pcap")] == wanted
    assert [frame.frame for frame in read_capture(tmp_path / "mirror.pcap")] == wanted


# 32,000 packets come in a thousand batches; a batch of the NF takes long from the first on, or later.
@pytest.mark.parametrize("cheap_calls", [0, 100])
def test_what_nodes_cost_is_told_apart_though_not_every_batch_is_timed(
    fphost: Path, make_module: MakeModule, cheap_calls: int
) -> None:
    work = process(f"if (call > {cheap_calls}) for (volatile unsigned i = 0; i < 50000; i++) ;")
    counters = [f"counter{i}" for i in range(6)]
    nodes = [
        generator(packets=32_000),
        *(node(name, "counter") for name in counters),
        module("work", make_module(work)),
        nowhere(),
    ]
    report, _ = serve(fphost, graph(nodes, path("in", *counters, "work", "out")))
    report.check_accounts()
    cycles = {entry["node"]: entry["cycles"] for entry in report.whole["nodes"]}
    assert all(cycles[name] > 0 for name in counters)
    assert cycles["work"] > 4 * sum(cycles[name] for name in counters)


# What `tcpdump -ddd ip` prints, and a program that matches nothing: [code, jt, jf, k].
IP = [[0x28, 0, 0, 12], [0x15, 0, 1, 0x0800], [6, 0, 0, 65535], [6, 0, 0, 0]]
NONE = [[6, 0, 0, 0]]


def test_filters_choose_the_gate(fphost: Path) -> None:
    nodes = [
        generator(),
        node("choose", "filter", programs=[NONE, IP]),
        node("none", "counter"),
        node("ip", "counter"),
        nowhere(),
    ]
    edges = [
        *path("in", "choose", "none", "out"),
        {"from": "choose", "gate": 1, "to": "ip"},
        *path("ip", "out"),
    ]
    report, _ = serve(fphost, graph(nodes, edges))
    report.check_accounts()
    assert report.counts("none")["in"] == 0
    assert report.counts("ip")["in"] == 960


def test_a_fault_costs_its_own_batch_only(fphost: Path, make_module: MakeModule) -> None:
    bad = make_module(in_second_call("*(volatile char *)1 = 0;"))
    nodes = [generator(), module("bad", bad, policy="bypass"), module("good", make_module(PASS)), nowhere()]
    report, outcome = serve(fphost, graph(nodes, path("in", "bad", "good", "out")))
    report.check_accounts()
    assert outcome.one("fault")["node"] == "bad"
    assert report.sum("sent") == 960


def test_a_module_that_faults_is_restarted_while_the_rest_goes_on(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    bad = make_module(in_second_call("*(volatile char *)1 = 0;"))
    nodes = [
        generator("in", packets=1 << 40),
        module("bad", bad, policy="restart"),
        nowhere("out"),
        generator("in2", packets=1 << 40, tenant="b"),
        module("good", make_module(PASS), tenant="b"),
        nowhere("out2", tenant="b"),
    ]
    edges = [*path("in", "bad", "out"), *path("in2", "good", "out2")]
    wanted = graph(nodes, edges, tenants=[{"name": "a"}, {"name": "b"}])
    with running(fphost, wanted, tmp_path) as host:
        while host.report().counts("bad")["faults"] < 3:
            pass
        report = host.finish()
    report.check_accounts()
    assert [event for event in host.events if event["event"] == "restart" and event["ok"]]
    assert report.counts("good")["drops"] == {}


@pytest.mark.parametrize("cores", [[0], [0, 0], [0, 0, 0]])
def test_workers_share_the_flows_of_an_input(
    fphost: Path, make_module: MakeModule, tmp_path: Path, cores: list[int]
) -> None:
    nodes = [generator(packets=200_000), module("nf", make_module(PASS)), nowhere()]
    wanted = graph(nodes, path("in", "nf", "out"), cores=cores)
    report, _ = serve(fphost, wanted)
    report.check_accounts()
    assert report.sum("sent") == 200_000
    served = [entry["in"] for entry in report.whole["nodes"] if entry["node"] == "nf"]
    assert len(served) == len(cores)
    assert min(served) > 0


def test_between_tenants_packets_are_copied(fphost: Path, make_module: MakeModule, tmp_path: Path) -> None:
    """What the second tenant does to a packet is not seen by the first, which keeps a pointer to it."""
    keep = process(
        'if (kept && *kept == 0xbb) fp_log(2, "seen", 4); kept = batch->packet[0].data; *kept = 0xaa;',
        before="static volatile unsigned char *kept;",
    )
    spoil = MARK.replace("MARK", "0xbb")
    nodes = [
        generator(),
        module("first", make_module(keep)),
        module("second", make_module(spoil), tenant="b"),
        node("out", "output", tenant="b", type="pcap", path=str(tmp_path / "out.pcap")),
    ]
    wanted = graph(nodes, path("in", "first", "second", "out"), tenants=[{"name": "a"}, {"name": "b"}])
    report, outcome = serve(fphost, wanted)
    report.check_accounts()
    assert outcome.all("log") == []
    sent = read_capture(tmp_path / "out.pcap")
    assert len(sent) == report.sum("sent") > 0
    assert {frame.frame[0] for frame in sent} == {0xBB}


def test_a_tenant_without_buffers_runs_nothing_for_what_it_did_not_get(
    fphost: Path, make_module: MakeModule
) -> None:
    """All of tenant b's buffers wait at its first nodes when the first packet for the last one comes."""
    last = process(
        "for (unsigned i = 0; i < batch->count; i++) batch->packet[i].gate = call < 5 ? call - 1 : 4;"
    )
    names = [f"b{i}" for i in range(5)]
    nodes = [
        generator(packets=2000),
        module("split", make_module(last)),
        *(node(name, "counter", tenant="b") for name in names),
        nowhere(tenant="b"),
    ]
    edges = [
        *path("in", "split"),
        *({"from": "split", "gate": i, "to": name} for i, name in enumerate(names)),
        *({"from": name, "to": "out"} for name in names),
    ]
    tenants = [{"name": "a", "weight": 1000}, {"name": "b", "buffers": 128}]
    report, _ = serve(fphost, graph(nodes, edges, tenants=tenants))
    report.check_accounts()
    assert report.counts("split")["drops"]["no buffer"] > 0
    assert report.sum("queued") == 0


REFUSED = {
    "no tenant": (graph([generator(tenant="x"), nowhere()], path("in", "out")), 'there is no tenant "x"'),
    "no node": (graph([generator(), nowhere()], path("in", "x")), 'there is no node "x"'),
    "twice": (
        graph([generator(), generator(), nowhere()], path("in", "out")),
        'two nodes have the name "in"',
    ),
    "kind": (graph([node("in", "queue")], []), 'kind is "queue"; known are input, output, module'),
    "dangling": (graph([generator(), nowhere()], []), "node in: gate 0 leads nowhere"),
    "after a sink": (graph([generator(), nowhere()], path("in", "out", "out")), "nothing leaves node out"),
    "into a source": (graph([generator(), nowhere()], path("in", "in")), "nothing enters node in"),
    "two edges": (
        graph([generator(), nowhere(), nowhere("b")], [*path("in", "out"), *path("in", "b")]),
        "gate 0 of node in leads to out and to b",
    ),
    "unreached": (
        graph([generator(), nowhere(), node("c", "counter")], [*path("in", "out"), *path("c", "out")]),
        "node c: no input leads to it",
    ),
    "circle": (
        graph(
            [generator(), node("c", "counter"), node("d", "counter"), nowhere()],
            [*path("in", "out"), *path("c", "d", "c")],
        ),
        "in a circle through these nodes, or reach them from one: c, d",
    ),
    "unknown key": (graph([generator()], [], nodse=[]), "nodse is not a known key"),
    "worker": (graph([generator(worker=7), nowhere()], path("in", "out")), "allowed are 0 to 0"),
    "weight": (graph([generator()], [], tenants=[{"name": "a", "weight": 0}]), "allowed are 1 to 1000"),
    "no object": ([], "must be an object"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_graph_that_cannot_be_is_refused(fphost: Path, case: tuple[object, str]) -> None:
    wanted, reason = case
    assert reason in refused(fphost, wanted)
