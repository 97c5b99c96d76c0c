"""Sets of 64-bit values as intervals that may wrap around.

(low, high) are integers of any sign with low <= high < low + 2**64; they stand for low, low + 1, ..., high,
each modulo 2**64. Every operation gives a set that holds at least all values it should, so what is proved of
it is proved of the machine's values.
"""

from __future__ import annotations

from fpcc.verifier.guard_sums import WORD

Interval = tuple[int, int]

EVERYTHING: Interval = (0, WORD - 1)


def width_range(width: int) -> Interval:
    """All values of `width` bits."""
    return 0, (1 << width) - 1


def is_everything(interval: Interval) -> bool:
    """Whether nothing is known."""
    return interval[1] - interval[0] >= WORD - 1


def add(left: Interval, right: Interval) -> Interval:
    """All sums."""
    return _bounded(left[0] + right[0], left[1] + right[1])


def scale(interval: Interval, factor: int) -> Interval:
    """All products with `factor`, of any sign."""
    low, high = interval if factor >= 0 else (interval[1], interval[0])
    return _bounded(low * factor, high * factor)


def shift(interval: Interval, distance: int) -> Interval:
    """All values moved by `distance`."""
    return interval[0] + distance, interval[1] + distance


def hull(left: Interval, right: Interval) -> Interval:
    """What holds the values of both."""
    right = _near(right, left)
    return _bounded(min(left[0], right[0]), max(left[1], right[1]))


def meet(left: Interval, right: Interval) -> Interval:
    """The values in both; the narrower of the two if that is not one interval."""
    if left[0] <= right[0] and right[1] <= left[1]:
        return right
    if right[0] <= left[0] and left[1] <= right[1]:
        return left
    pieces = _common(left, right)
    return pieces[0] if len(pieces) == 1 else min(left, right, key=size)


def are_disjoint(left: Interval, right: Interval) -> bool:
    """Whether no value is in both."""
    meets_as_it_is = left[0] <= right[1] and right[0] <= left[1]
    return not meets_as_it_is and not _common(left, right)


def _common(left: Interval, right: Interval) -> list[Interval]:
    near = _near(right, left)
    if left[1] - left[0] + near[1] - near[0] < WORD - 1:  # then no other turn can meet
        low, high = max(left[0], near[0]), min(left[1], near[1])
        return [(low, high)] if low <= high else []
    pieces = []
    for turn in (near[0] - WORD, near[0], near[0] + WORD):
        low, high = max(left[0], turn), min(left[1], turn + near[1] - near[0])
        if low <= high:
            pieces.append((low, high))
    return pieces


def size(interval: Interval) -> int:
    """Number of values, less one."""
    return interval[1] - interval[0]


def reduce(interval: Interval, width: int) -> Interval:
    """The low `width` bits of the values, read as an unsigned number."""
    period = interval[0] >> width
    if period != interval[1] >> width:
        return width_range(width)
    return interval[0] - (period << width), interval[1] - (period << width)


def reduce_signed(interval: Interval, width: int) -> Interval:
    """The low `width` bits of the values, read as a signed number."""
    half = 1 << (width - 1)
    low, high = reduce(shift(interval, half), width)
    return low - half, high - half


def within(interval: Interval, low: int, high: int) -> bool:
    """Whether every value, for one choice of the turn, is from `low` to `high` (less than 2**64 apart)."""
    near = _near(interval, (low, high))
    return low <= near[0] and near[1] <= high


def _near(moved: Interval, still: Interval) -> Interval:
    """`moved` by a multiple of 2**64, so that the middles are as close as can be."""
    turns = (still[0] + still[1] - moved[0] - moved[1] + WORD) // (2 * WORD)
    return moved[0] + turns * WORD, moved[1] + turns * WORD


def _bounded(low: int, high: int) -> Interval:
    return (low, high) if high - low < WORD else EVERYTHING
