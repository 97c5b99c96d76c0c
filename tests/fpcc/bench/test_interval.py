"""The confidence interval of a median."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fpcc.benchmark.interval import CONFIDENCE, Interval, median_interval


# Tabulated ranks (counted from 1) of the 95 % interval: Conover, table A3's binomial with p = 1/2.
@pytest.mark.parametrize(("count", "low", "high"), [(6, 1, 6), (9, 2, 8), (20, 6, 15), (100, 40, 61)])
def test_ranks_are_the_tabulated_ones(count: int, low: int, high: int) -> None:
    found = median_interval([float(rank) for rank in range(1, count + 1)])
    assert (found.low, found.high) == (low, high)


@given(st.integers(6, 400))
def test_the_interval_covers_what_it_claims_and_no_narrower_one_would(count: int) -> None:
    found = median_interval([float(rank) for rank in range(count)])
    skip = int(found.low)
    assert coverage(count, skip) >= CONFIDENCE > coverage(count, skip + 1)


def coverage(count: int, skip: int) -> float:
    """How likely the median lies between the figures, `skip` of them left off at each end."""
    return 1 - 2 * sum(comb(count, below) for below in range(skip + 1)) / 2**count


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=50))
def test_the_median_lies_inside(figures: list[float]) -> None:
    found = median_interval(figures)
    assert min(figures) <= found.low <= found.median <= found.high <= max(figures)


def test_spread_is_half_the_width() -> None:
    assert Interval(2.0, 1.9, 2.1).spread == pytest.approx(0.05)
