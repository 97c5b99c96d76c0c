"""Traffic from a separate host goes through real interfaces, and every packet of it is accounted for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.examples import EXAMPLES
from bench.wire.contest import Turn, _check, run_turns
from bench.wire.far_host import find_far_host
from bench.wire.figures import PEER, measure_wire, rows_of
from fpcc.benchmark.contest import AGAIN, REFERENCE
from fpcc.benchmark.measure import BenchFailed

MACSWAP = EXAMPLES[0]
DONE = {"event": "done", "in": 10, "out": 7, "drops": {"missed by the input": 3}, "interrupted": False}


@pytest.fixture
def needs_far_host() -> None:
    if missing := find_far_host():
        pytest.skip(missing)


@pytest.mark.usefixtures("needs_far_host")
def test_each_build_gets_its_turn_and_nothing_is_left_behind() -> None:
    allowed = os.sched_getaffinity(0)
    turns = run_turns(MACSWAP, 1)
    assert {REFERENCE, AGAIN, "wonly segment", "rw compare", "pointer compare"} <= turns.keys()
    assert all(len(of_one) == 1 and of_one[0].handed > 0 for of_one in turns.values())
    assert os.sched_getaffinity(0) == allowed
    assert not list(Path("/sys/class/net").glob("fpn*"))


def test_a_ratio_compares_the_turns_of_a_round() -> None:
    """The second round is twice as slow for both: other load, which is in neither ratio."""
    turns = {
        REFERENCE: [Turn(1000, 0, 2.0, 1.0), Turn(1000, 1000, 4.0, 2.0)],
        "rw segment": [Turn(1000, 0, 2.5, 1.25), Turn(1000, 0, 5.0, 2.5)],
    }
    none, guarded = rows_of("nf", turns)
    assert (none.peer, none.ratio, none.missed, none.busy) == (REFERENCE, 1.0, 0.25, 0.5)
    assert (guarded.ratio, guarded.ratio_lo, guarded.ratio_hi, guarded.rate_ratio) == (0.8, 0.8, 0.8, 0.8)
    assert (guarded.ns_per_packet, guarded.packets_per_second) == (1_875_000, 300)


LOST = {
    "on the way back": ({}, 6, "7 packets were sent back, and 6 arrived"),
    "at the output": ({"drops": {"output full": 3}}, 7, "packets were lost: output full"),
    "to Ctrl-C": ({"interrupted": True}, 7, "a turn did not come to its end"),
}


@pytest.mark.parametrize("case", LOST)
def test_a_turn_that_loses_packets_does_not_count(case: str) -> None:
    changes, arrived, says = LOST[case]
    with pytest.raises(BenchFailed, match=says):
        _check({"done": {**DONE, **changes}}, arrived, "nf")
    _check({"done": DONE}, 7, "nf")


def test_where_it_cannot_be_done_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    (row,) = measure_wire([MACSWAP], 1).rows
    assert row.peer == PEER
    assert f"macswap: {PEER} is skipped: " in capsys.readouterr().err
