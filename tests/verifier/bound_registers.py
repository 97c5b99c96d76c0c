"""MPX for the emulator, which has none: what checks let pass, with the bounds that the host loads."""

from __future__ import annotations

from collections.abc import Callable

from fpcc.abi import abi

_LOWER, _UPPER, _EXTENDED, _OPCODE = b"\xf3", b"\xf2", b"\x41", b"\x0f\x1a"
_REGIONS = {
    "FP_BOUNDS_PACKETS": ("FP_PACKETS_OFFSET", "FP_PACKETS_LIMIT"),
    "FP_BOUNDS_OBJECTS": ("FP_IMAGE_OFFSET", "FP_HEAP_LIMIT"),
    "FP_BOUNDS_STACK": ("FP_STACK_OFFSET", "FP_STACK_LIMIT"),
}


def passes_check(code: bytes, value_of: Callable[[int], int]) -> bool:
    """Whether execution goes on after this instruction, a check or any other.

    `value_of` gives a general register by its number, as a distance from the arena's base.
    """
    if code[:1] not in (_LOWER, _UPPER) or code[-3:-1] != _OPCODE or code[-1] & 0xE0 != 0xC0:
        return True
    extended = code[1:2] == _EXTENDED
    distance = value_of(code[-1] & 7 | extended << 3)
    low, high = _bounds()[code[-1] >> 3 & 3]
    return distance >= low if code[:1] == _LOWER else distance <= high


def _bounds() -> dict[int, tuple[int, int]]:
    number = abi().number
    found = {number(key): (number(low), number(high)) for key, (low, high) in _REGIONS.items()}
    return {**found, number("FP_BOUNDS_ARENA"): (0, number("FP_ARENA_REACH"))}
