"""Instructions are counted where it matters: the NF's own, on filled tables, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.examples import EXAMPLES, Example
from bench.figure.instructions import Count, count_instructions, find_callgrind
from bench.peers.figures import Skipped
from fpcc.benchmark.variants import BASELINE, Variant

MACSWAP = EXAMPLES[0]
COMPARE = Variant("rw", "compare")
MPX = Variant("rw", "mpx")
TABLES = Variant("pointer", "mpx")


@pytest.fixture(scope="module")
def counts() -> dict[str, float]:
    if missing := find_callgrind():
        pytest.skip(missing)
    counted = count_instructions(MACSWAP, [BASELINE, COMPARE, MPX, TABLES])
    return {count.peer: count.instructions for count in counted if isinstance(count, Count)}


def test_checks_are_instructions(counts: dict[str, float]) -> None:
    assert list(counts) == [BASELINE.name, COMPARE.name, MPX.name, TABLES.name]
    assert 6 < counts[BASELINE.name] < counts[COMPARE.name]


def test_bound_checks_are_counted_where_mpx_is_missing(counts: dict[str, float]) -> None:
    assert counts[BASELINE.name] + 2 < counts[MPX.name]
    assert counts[MPX.name] < counts[TABLES.name]


def test_the_host_is_not_counted(counts: dict[str, float]) -> None:
    """macswap: some loads, a shuffle and some stores a packet; handing one over is more than that."""
    assert counts[BASELINE.name] < 25


def test_counts_are_the_same_each_time(counts: dict[str, float]) -> None:
    again = count_instructions(MACSWAP, [BASELINE])
    assert again == [Count("macswap", BASELINE.name, counts[BASELINE.name])]


def test_without_valgrind_each_count_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (skipped,) = count_instructions(MACSWAP, [COMPARE])
    assert skipped == Skipped("macswap", "rw compare", find_callgrind())
    assert "apt-get install valgrind" in find_callgrind()


def test_an_nf_that_does_not_start_has_no_count(counts: dict[str, float]) -> None:
    policer = Example("policer", "nat.settings")
    (skipped,) = count_instructions(policer, [BASELINE])
    assert isinstance(skipped, Skipped)
