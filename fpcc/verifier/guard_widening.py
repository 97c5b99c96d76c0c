"""Makes an interval that grows turn by turn of a loop settle."""

from __future__ import annotations

from fpcc.verifier.guard_intervals import Interval, hull

_PATIENCE = 3  # changes before the ends jump
# Beyond the arena's lower half there is an end that leaves room for the displacement of an access.
_ENDS = (0xFF, 0xFFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xBFFFFFFF, 0xFFFFFFFF, (1 << 48) - 1)


def widen(before: Interval, found: Interval, changes: int) -> Interval:
    """What holds `found`; after some changes, an end that moved goes on to one of few values."""
    both = hull(before, found)
    if changes < _PATIENCE:
        return both
    low = both[0] if both[0] >= before[0] else next((-e - 1 for e in _ENDS if -e - 1 <= both[0]), both[0])
    high = both[1] if both[1] <= before[1] else next((e for e in _ENDS if e >= both[1]), both[1])
    return low, high
