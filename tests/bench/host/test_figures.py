"""What measures the host measures what it says: delays, order, loss, and cost by the number of nodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.host import order as order_of_packets
from bench.host.accounts import unaccounted
from bench.host.branch import branch
from bench.host.cost import LONG, SHORT, slope
from bench.host.delay import find_delays
from bench.host.figure import Modules, module_node
from bench.host.order import Arrived, checking, order, read_arrived
from bench.host.plane import Json, graph, line, running
from tests.host.run.capture_files import Captured, write_capture

RATE = 2000
ROUNDS = 200_000  # of work for a packet: more than 20 µs on any machine


def find_delays_of(wanted: Json, packets: int) -> Json:
    with running(wanted) as plane:
        while plane.watch(0.1).after["nodes"][0]["received"] < packets:
            pass
        return find_delays(plane)


def test_a_delay_is_that_of_all_nodes_before(modules: Modules, tmp_path: Path) -> None:
    last = module_node("delay", "a", modules.delay)
    args = tmp_path / "rounds"
    args.write_text(str(ROUNDS))
    work = module_node("work", "a", modules.work, args=str(args), budget_us=10_000_000)
    short = find_delays_of(graph([{"name": "a"}], branch(modules, last, rate=RATE)), RATE)
    long = find_delays_of(graph([{"name": "a"}], line("a", work, last, rate=RATE // 10)), RATE // 10)
    assert 0 < short["p50"] <= short["p99"] <= short["p999"]
    assert short["p999"] <= short["longest"] * 17 / 16 + 1
    assert 0 < short["packets"] < RATE + RATE  # without the first moments
    assert long["p50"] > 20_000


def arrive(modules: Modules, directory: Path, numbers: list[tuple[int, int]]) -> Arrived:
    """What is counted of packets that come as (flow, time)."""
    frames = [
        bytes(12) + b"\x08\x00\x45" + bytes(11) + bytes([10, 0, 0, flow]) * 2 + bytes(26)
        for flow, _ in numbers
    ]
    capture = write_capture(
        directory / "in.pcap",
        [Captured(frame, time) for frame, (_, time) in zip(frames, numbers, strict=True)],
    )
    pipe = directory / "pipe"
    with checking(modules.order, pipe) as checker:
        pipe.write_bytes(capture.read_bytes())
        return read_arrived(checker)


def test_packets_that_overtake_are_counted(modules: Modules, tmp_path: Path) -> None:
    in_order = [(1, 10), (2, 5), (1, 20), (2, 30), (3, 1)]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert arrive(modules, tmp_path / "a", in_order) == Arrived(seen=5, flows=3, late=0)
    late_and_twice = [(1, 10), (1, 30), (1, 20), (2, 5), (2, 5)]
    assert arrive(modules, tmp_path / "b", late_and_twice) == Arrived(seen=5, flows=2, late=2)


def test_nothing_is_lost_or_overtakes(modules: Modules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_of_packets, "CHANGES", 20)
    lost, late, seen = order(modules)
    assert (lost.value, late.value) == (0, 0)
    assert lost.reached and late.reached and seen.value > 0


def test_what_each_node_adds_is_the_slope() -> None:
    assert slope({SHORT: 10.0, LONG: 10.0 + 8 * 2.5}) == 2.5


REPORT: Json = {
    "nodes": [
        {"received": 10, "sent": 0, "queued": 1, "drops": {"fault": 2}},
        {"received": 0, "sent": 6, "queued": 0, "drops": {}},
    ],
    "gone": {"received": 5, "sent": 5, "missed": 0, "drops": {"too long": 1}},
}


def test_a_packet_that_is_nowhere_is_found() -> None:
    assert unaccounted(REPORT) == 0
    assert unaccounted({**REPORT, "gone": {**REPORT["gone"], "received": 6}}) == 1
