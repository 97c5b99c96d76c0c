"""Where the machine's arena lies, and the numbers and addresses an attacker would try."""

from __future__ import annotations

import random

from passes.ir.types import Type

BASE = 0x7A00_0000_0000  # of the arena; a multiple of its size
SIZE = 1 << 32
IMAGE = BASE + 0x10000
HEAP = BASE + 0x2000_0000
STACK = BASE + 0x5010_0000  # where the module stack starts, downwards
STACK_LIMIT = STACK - 0x100000
REGION = 0x40000  # bytes mapped of image and heap
NATIVE = 0x7FFF_0000_0000
MASK = (1 << 64) - 1
_NUMBERS = (0, 1, 2, 3, 7, 8, 63, 64, 100, 255, 256, 4095, 65535, 65536, 65537, 1 << 20, 0x7FFF_FFFF)
_WIDE = (0x8000_0000, 0xFFFF_FFFF, 1 << 32, (1 << 63) - 1, 1 << 63, MASK - 65536, MASK - 7, MASK)
_PLACES = (IMAGE, IMAGE + REGION - 1, IMAGE + REGION, HEAP, HEAP + 512, HEAP + REGION - 1, HEAP + REGION - 8)
_EDGES = (BASE - 1, BASE, BASE + 0x7FFF_FFFF, BASE + 0x8000_0000, BASE + SIZE - 1, BASE + SIZE, STACK - 64)
_WILD = (
    0,
    NATIVE,
    NATIVE - 0x20000,
    BASE - 0x10000,
    BASE - 0x10001,
    BASE + SIZE + 0x10000,
    1 << 63,
    HEAP + SIZE,
)
MAPPED = ((IMAGE, IMAGE + REGION), (HEAP, HEAP + REGION), (STACK_LIMIT, STACK))


class Unsupported(Exception):
    """IR the machine does not run."""


def choose_value(kind: Type, chance: random.Random) -> int:
    """What an attacker might put into memory or hand in."""
    if kind.kind == "ptr" or (kind.kind == "int" and kind.bits == 64 and chance.random() < 0.3):
        return chance.choice(chance.choice((_PLACES, _PLACES, _EDGES, _WILD)))
    if kind.kind != "int":
        raise Unsupported(kind.text)
    return chance.choice(chance.choice((_NUMBERS, _NUMBERS, _WIDE))) & ((1 << kind.bits) - 1)
