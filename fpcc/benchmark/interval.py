"""A median and how sure it is, without assuming any distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """The median of some figures, and an interval that holds the true one in 95 of 100 cases."""

    median: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """Half of the width, relative to the median."""
        return (self.high - self.low) / 2 / self.median if self.median else 0.0


def median_interval(figures: Sequence[float]) -> Interval:
    """Order statistics (Conover, Practical Nonparametric Statistics, section 3.2): how many figures lie below
    the true median is binomial, with probability one half. With fewer than six, the whole range."""
    ordered = sorted(figures)
    skip = _outside(len(ordered))
    return Interval(median(ordered), ordered[skip], ordered[-1 - skip])


def _outside(count: int) -> int:
    """How many figures may be left off at each end: the most with P(Bin(count, 1/2) <= that) in one tail."""
    tail, skip = 0.0, -1
    while skip + 1 < count:
        tail += comb(count, skip + 1) / 2**count
        if tail > (1 - CONFIDENCE) / 2:
            break
        skip += 1
    return max(skip, 0)
