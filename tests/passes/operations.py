"""Integer arithmetic as the machine of these tests does it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping


class Ended(Exception):
    """The run is over without harm: a trap, a fault, or patience."""


def signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def _divide(a: int, b: int, bits: int) -> int:
    if b == 0:
        raise Ended
    return a // b


def _remainder(a: int, b: int, bits: int) -> int:
    if b == 0:
        raise Ended
    return a % b


ARITHMETIC: Mapping[str, Callable[[int, int, int], int]] = {
    "add": lambda a, b, bits: a + b,
    "sub": lambda a, b, bits: a - b,
    "mul": lambda a, b, bits: a * b,
    "udiv": _divide,
    "urem": _remainder,
    "and": lambda a, b, bits: a & b,
    "or": lambda a, b, bits: a | b,
    "xor": lambda a, b, bits: a ^ b,
    "shl": lambda a, b, bits: a << (b % bits),
    "lshr": lambda a, b, bits: a >> (b % bits),
    "ashr": lambda a, b, bits: signed(a, bits) >> (b % bits),
}
INTRINSICS: Mapping[str, Callable[[int, int], int]] = {
    "llvm.umin": min,
    "llvm.umax": max,
    "llvm.ptrmask": lambda a, b: a & b,
}
_RELATIONS: Mapping[str, Callable[[int, int], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def compare_integers(predicate: str, a: int, b: int, bits: int) -> bool:
    """icmp of two unsigned numbers."""
    if predicate[0] == "s":
        a, b = signed(a, bits), signed(b, bits)
    return _RELATIONS[predicate if predicate in ("eq", "ne") else predicate[1:]](a, b)
