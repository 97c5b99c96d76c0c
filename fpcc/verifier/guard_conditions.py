"""What a conditional branch says of the two values whose comparison set the flags.

Values of less than 64 bits are zero-extended here; a signed condition is used where the operands' ranges make
it say something of the unsigned value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from fpcc.verifier.guard_intervals import Interval, reduce_signed
from fpcc.verifier.guard_sums import WORD, Sum

_ALIASES = {
    "c": "b", "nae": "b", "nc": "ae", "nb": "ae", "z": "e", "nz": "ne", "na": "be", "nbe": "a",
    "nge": "l", "nl": "ge", "ng": "le", "nle": "g", "pe": "p", "po": "np",
}  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    """Each condition of a pair to the other."""
    pairs = [tuple(pair.split()) for pair in text.split(", ")]
    return {a: b for first, second in pairs for a, b in ((first, second), (second, first))}


INVERSE = _pairs("b ae, e ne, be a, l ge, le g, s ns, o no, p np")
_SWAPPED = _pairs("b a, ae be, l g, ge le, e e, ne ne")
_OF_THE_RESULT = frozenset({"e", "ne", "s", "ns"})


class Comparison(NamedTuple):
    """What the flags were set by: left - right; `is_whole`: all of them, else only zero and sign."""

    left: Sum
    right: Sum
    width: int
    is_whole: bool

    def says(self, condition: str) -> bool:
        """Whether the condition is one of these flags."""
        return self.is_whole or condition in _OF_THE_RESULT


class Operands(NamedTuple):
    """The ranges of a comparison's operands."""

    left: Interval
    right: Interval
    width: int


def condition_of(mnemonic: str) -> str:
    """The condition of a branch, set or conditional move: what follows j, set or cmov."""
    name = mnemonic.removeprefix("cmov").removeprefix("set").removeprefix("j")
    return _ALIASES.get(name, name)


def consequences(condition: str, operands: Operands) -> tuple[Interval | None, Interval | None]:
    """What left and right are in where the condition holds, each None if it says nothing."""
    rule = _RULES.get(condition)
    mirrored = _RULES.get(_SWAPPED.get(condition, ""))
    other = Operands(operands.right, operands.left, operands.width)
    return rule(operands) if rule else None, mirrored(other) if mirrored else None


def _plain(interval: Interval) -> bool:
    return interval[0] >= 0 and interval[1] < WORD


def _below(of: Operands) -> Interval | None:
    return (0, of.right[1] - 1) if _plain(of.right) and of.right[1] else None


def _at_most(of: Operands) -> Interval | None:
    return (0, of.right[1]) if _plain(of.right) else None


def _above(of: Operands) -> Interval | None:
    top = (1 << of.width) - 1
    return (of.right[0] + 1, top) if _plain(of.right) and of.right[0] < top else None


def _at_least(of: Operands) -> Interval | None:
    return (of.right[0], (1 << of.width) - 1) if _plain(of.right) else None


def _equal(of: Operands) -> Interval | None:
    return of.right


def _unequal(of: Operands) -> Interval | None:
    low, high = of.left
    if of.right[0] != of.right[1] or low == high or not _plain(of.left):
        return None
    return low + (low == of.right[0]), high - (high == of.right[0])


def _less(of: Operands, slack: int = 1) -> Interval | None:
    """Signed: left < right, or <= with no slack."""
    half = 1 << (of.width - 1)
    low, high = -half, reduce_signed(of.right, of.width)[1] - slack
    return _unsigned((low, high), of)


def _greater(of: Operands, slack: int = 1) -> Interval | None:
    half = 1 << (of.width - 1)
    low, high = reduce_signed(of.right, of.width)[0] + slack, half - 1
    return _unsigned((low, high), of)


def _unsigned(found: Interval, of: Operands) -> Interval | None:
    """Signed values as `of` reads them; None if that is no interval."""
    known = reduce_signed(of.left, of.width)
    low, high = max(found[0], known[0]), min(found[1], known[1])
    if low > high:
        return None
    if of.width == 64 or low >= 0:
        return low, high
    return (low + (1 << of.width), high + (1 << of.width)) if high < 0 else None


def _negative(of: Operands) -> Interval | None:
    return _less(of) if of.right == (0, 0) else None


def _not_negative(of: Operands) -> Interval | None:
    return _greater(of, 0) if of.right == (0, 0) else None


_RULES: dict[str, Callable[[Operands], Interval | None]] = {
    "b": _below,
    "be": _at_most,
    "a": _above,
    "ae": _at_least,
    "e": _equal,
    "ne": _unequal,
    "l": _less,
    "le": lambda of: _less(of, 0),
    "g": _greater,
    "ge": lambda of: _greater(of, 0),
    "s": _negative,
    "ns": _not_negative,
}
