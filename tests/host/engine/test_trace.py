"""Traces: what became of single packets, node by node, while all others flow on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fpcc.control.tracing import encode_filter
from tests.host.engine.graphs import Json, generator, graph, module, node, nowhere, path, running
from tests.host.engine.watching import finish_trace, names, trace
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, in_second_call, process

ENDLESS = 1 << 40
ODD = "udp[1] & 1 = 1"  # the source port


def is_odd(hop: Json) -> bool:
    return bytes.fromhex(hop["head"])[35] & 1 == 1


def branching(**changes: Any) -> Json:
    """in -> choose -> (odd: tenant b's count -> out), (even: drop), all on two workers."""
    nodes = [
        generator(packets=ENDLESS),
        node("choose", "filter", programs=[encode_filter(ODD)["filter"]]),
        node("count", "counter", tenant="b"),
        nowhere("out", tenant="b"),
        node("lost", "drop"),
    ]
    edges = [*path("in", "choose", "count", "out"), {"from": "choose", "gate": 1, "to": "lost"}]
    tenants = [{"name": name, "buffers": 4096} for name in "ab"]
    return graph(nodes, edges, tenants=tenants, cores=[0, 0], **changes)


def test_packets_through_a_branch_of_two_tenants_on_two_workers(fphost: Path, tmp_path: Path) -> None:
    """Each goes where its own bytes say, and every step of it is on the worker that the last one named."""
    with running(fphost, branching(), tmp_path) as host:
        packets = trace(host, "udp", count=256)
        host.finish().check_accounts()
    ends = {check_branch(packet["hops"]) for packet in packets}
    assert {(fate, worker) for fate, worker in ends} >= {("sent", 0), ("dropped", 0), ("dropped", 1)}
    assert len({packet["number"] for packet in packets}) == 256


def check_branch(hops: list[Json]) -> tuple[str, int]:
    """How a packet ended, and where."""
    first, *rest = [hop for hop in hops if hop["fate"] != "moved"]
    tenants = {"in": "a", "choose": "a", "lost": "a", "count": "b", "out": "b"}
    wanted = ["in", "choose", "count", "out"] if is_odd(hops[0]) else ["in", "choose", "lost"]
    assert [first["node"], *(hop["node"] for hop in rest)] == wanted
    for hop, after in zip(hops, hops[1:], strict=False):
        assert after["worker"] == hop.get("to_worker", hop["worker"])
        assert after["node"] == hop.get("to", hop["node"])
        assert after.get("in_gate") == hop.get("gate")
        assert after["since_us"] >= hop["since_us"] >= 0
        assert (hop["fate"] == "copied") == (after["tenant"] != hop["tenant"])
    for hop in hops:
        assert hop["tenant"] == tenants[hop["node"]]
        assert 1 <= hop["batch"] <= 32
        assert hop["cycles"] > 0
        assert (hop["len"], hop["head"]) == (hops[0]["len"], hops[0]["head"])
    last = hops[-1]
    assert last["fate"] == ("sent" if is_odd(last) else "dropped")
    assert last.get("reason") == (None if is_odd(last) else "dropped by node")
    return last["fate"], last["worker"]


FATES = process(
    """
	for (unsigned i = 0; i < batch->count; i++) {
		static const uint16_t gates[] = {0, FP_DROP, 999, 5};
		batch->packet[i].gate = gates[batch->packet[i].data[35] & 3];
		if (batch->packet[i].data[37] % 8 == 1)
			batch->packet[i].len = 5000;
		if (batch->packet[i].data[37] % 8 == 2)
			batch->packet[i].data -= 200;
	}
	"""
)


def reason_of(hop: Json) -> str | None:
    """Why the module above has a packet dropped."""
    head = bytes.fromhex(hop["head"])
    by_port = {1: "bad length", 2: "bad data"}
    by_gate = {1: "dropped by module", 2: "bad gate", 3: "gate leads nowhere"}
    return by_port.get(head[37] % 8, by_gate.get(head[35] & 3))


def test_each_packet_of_a_batch_has_its_own_reason(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    nodes = [generator(packets=ENDLESS), module("nf", make_module(FATES)), nowhere()]
    with running(fphost, graph(nodes, path("in", "nf", "out")), tmp_path) as host:
        packets = trace(host, count=256)
        host.finish().check_accounts()
    found = [(packet["hops"][-1], reason_of(packet["hops"][0])) for packet in packets]
    assert all(hop.get("reason") == reason for hop, reason in found)
    assert all((hop["node"], hop["fate"]) == ("out", "sent") for hop, reason in found if not reason)
    assert len({reason for _, reason in found}) == 6
    assert {hop.get("gate") for hop, reason in found if reason == "gate leads nowhere"} == {5}


@pytest.mark.parametrize("policy", ["drop", "bypass"])
def test_a_fault_and_what_comes_after_it(
    fphost: Path, make_module: MakeModule, tmp_path: Path, policy: str
) -> None:
    """The module faults in the second batch that comes to it: traced from the first packet on."""
    bad = module("bad", make_module(in_second_call("*(volatile char *)1 = 0;")), policy=policy)
    before, after = ([node("gate", "drop")], [bad, nowhere()])
    closed = graph([generator(packets=1), *before], path("in", "gate"))
    opened = graph([generator("again", packets=ENDLESS), *after], path("again", "bad", "out"))
    with running(fphost, closed, tmp_path) as host:
        number = host.ask(do="trace", count=96, timeout_ms=600_000)["trace"]
        assert host.ask(do="update", graph=opened)["ok"]
        packets = [packet for packet in finish_trace(host, number) if names(packet)[0] == "again"]
        host.finish().check_accounts()
    turns = [packet["hops"][1] for packet in packets[:96]]
    if policy == "bypass":
        assert [turn.get("bypassed", False) for turn in turns] == [i >= 32 for i in range(len(turns))]
        assert all(packet["hops"][-1]["fate"] == "sent" for packet in packets)
    else:
        reasons = [turn.get("reason") for turn in turns]
        assert reasons == [None] * 32 + ["fault"] * 32 + ["module dead"] * (len(turns) - 64)


# All that a module may write of a packet's description, and all of the batch's memory it may not.
SCRIBBLE = process(
    """
	for (unsigned i = 0; i < batch->count; i++) {
		batch->packet[i].timestamp = batch->packet[i].flow = batch->packet[i].port = ~0;
		batch->packet[i].room = ~0u;
	}
	batch->reserved = ~0u;
	batch->count = 1;
	"""
)


def test_a_module_can_neither_lose_nor_make_a_mark(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    """Whatever it writes beside its packets, the trace has the packets it began with, and no others."""
    nodes = [generator(packets=ENDLESS), module("nf", make_module(SCRIBBLE)), nowhere()]
    with running(fphost, graph(nodes, path("in", "nf", "out")), tmp_path) as host:
        packets = trace(host, ODD, count=100)
        host.finish().check_accounts()
    assert len({packet["number"] for packet in packets}) == 100
    for packet in packets:
        assert names(packet) == ["in", "nf", "out"]
        assert is_odd(packet["hops"][0])
        assert len({hop["head"] for hop in packet["hops"]}) == 1


def test_a_trace_begins_at_the_node_and_with_what_the_filter_matches(fphost: Path, tmp_path: Path) -> None:
    with running(fphost, branching(), tmp_path) as host:
        packets = trace(host, ODD, node="count", count=20)
        host.finish().check_accounts()
    assert all(is_odd(packet["hops"][0]) for packet in packets)
    assert {names(packet)[0] for packet in packets} == {"count"}
    assert {packet["hops"][0]["since_us"] for packet in packets} == {0}


def test_what_has_not_come_is_told_at_the_end(fphost: Path, tmp_path: Path) -> None:
    with running(fphost, branching(), tmp_path) as host:
        number = host.ask(do="trace", timeout_ms=600_000, **encode_filter("tcp"))["trace"]
        assert host.ask(do="traced", trace=number) == {"ok": True, "finished": False, "matched": 0}
        done = host.ask(do="traced", trace=number, end=True)
        assert done == {"ok": True, "finished": True, "matched": 0, "packets": []}
        assert host.ask(do="traced", trace=number)["error"] == f"user 0 has no trace {number}"
        number = host.ask(do="trace", timeout_ms=1, **encode_filter("tcp"))["trace"]
        assert finish_trace(host, number) == []
        host.finish()


def test_a_trace_goes_on_through_updates(fphost: Path, make_module: MakeModule, tmp_path: Path) -> None:
    """Packets on their way come to their end in the graph they were in."""
    nf = module("nf", make_module(PASS))
    graphs = [
        graph([generator(packets=ENDLESS), *more, nowhere()], path("in", *(n["name"] for n in more), "out"))
        for more in ([nf], [nf, node("count", "counter")])
    ]
    seen = set()
    with running(fphost, graphs[0], tmp_path) as host:
        for turn in range(20):
            number = host.ask(do="trace", count=256, timeout_ms=600_000)["trace"]
            assert host.ask(do="update", graph=graphs[(turn + 1) % 2])["ok"]
            packets = finish_trace(host, number)
            assert all(packet["hops"][-1]["fate"] == "sent" for packet in packets)
            seen |= {tuple(names(packet)) for packet in packets}
        host.finish().check_accounts()
    assert seen <= {("in", "nf", "out"), ("in", "nf", "count", "out")}
    assert seen


def test_of_a_long_way_the_last_turn_is_kept(fphost: Path, tmp_path: Path) -> None:
    middle = [f"c{i}" for i in range(40)]
    nodes = [generator(packets=ENDLESS), *(node(name, "counter") for name in middle), nowhere()]
    with running(fphost, graph(nodes, path("in", *middle, "out")), tmp_path) as host:
        packets = trace(host, count=5)
        host.finish()
    for packet in packets:
        assert names(packet) == ["in", *middle[:30], "out"]
        assert packet["whole"] is False
        assert packet["hops"][-1]["fate"] == "sent"
        assert "in_gate" not in packet["hops"][-1]


def test_several_traces_at_a_time(fphost: Path, tmp_path: Path) -> None:
    """A packet is of one trace only; all find what they look for; there are eight at most."""
    with running(fphost, branching(), tmp_path) as host:
        idle = [host.ask(do="trace", timeout_ms=600_000, **encode_filter("tcp"))["trace"] for _ in range(6)]
        both = [host.ask(do="trace", count=200, timeout_ms=600_000)["trace"] for _ in range(2)]
        error = host.ask(do="trace")["error"]
        found = [packet["number"] for number in both for packet in finish_trace(host, number)]
        for number in idle:
            assert host.ask(do="traced", trace=number, end=True)["packets"] == []
        host.finish()
    assert error == "8 traces are under way, which is all there can be"
    assert len(set(found)) == 400


def test_traces_that_make_no_sense_are_refused(fphost: Path, tmp_path: Path) -> None:
    requests = {
        'there is no node "none" that user 0 may see': {"node": "none"},
        "count is 0; allowed are 1 to 256": {"count": 0},
        "count is 257; allowed are 1 to 256": {"count": 257},
        "timeout_ms is 3600001": {"timeout_ms": 3_600_001},
        "filter must be an array, not a string": {"filter": "tcp"},
        "filter: instruction 0: must be an array of 4 integers": {"filter": [[6, 0, 0]]},
        "filter: instruction 0": {"filter": [[0xFFFF, 0, 0, 0]]},
        "filter is 100000 elements long": {"filter": [[6, 0, 0, 0]] * 100_000},
        "nodes is not a known key": {"nodes": "in"},
        "node must not be empty": {"node": ""},
    }
    with running(fphost, branching(), tmp_path) as host:
        for reason, request in requests.items():
            reply = host.ask(do="trace", **request)
            assert reply["ok"] is False
            assert reason in reply["error"], request
            assert host.events[-1]["event"] == "refused"
        assert "error" in host.ask(do="traced", trace=7)
        host.finish()
