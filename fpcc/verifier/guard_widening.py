"""Makes an interval that grows turn by turn of a loop settle."""

from __future__ import annotations

from fpcc.verifier.guard_intervals import Interval, hull

_PATIENCE = 3  # changes before the ends jump
# Beyond the arena's lower half there is an end that leaves room for the displacement of an access.
_ENDS = (*((1 << bits) - 1 for bits in (8, 12, 15, 16, 31)), (3 << 30) - 1, (1 << 32) - 1, (1 << 48) - 1)


def widen(before: Interval, found: Interval, changes: int, loosest: Interval) -> Interval:
    """What holds `found`; after some changes, an end that moved goes on to the next of few values.

    One of these is the end of the loosest interval that suffices for all who ask.
    """
    low, high = hull(before, found)
    if changes < _PATIENCE:
        return low, high
    if low < before[0]:
        low = _end(-low, -loosest[0], -1)
    if high > before[1]:
        high = _end(high, loosest[1], 1)
    return low, high


def _end(distance: int, loosest: int, sign: int) -> int:
    return sign * min((end for end in (*_ENDS, loosest) if end >= distance), default=distance)
