"""Straight pieces of machine code, made at random, for what the guard rule says of instructions."""

from __future__ import annotations

import random
from collections.abc import Iterator

from fpcc.module_link import assemble
from fpcc.verifier.decoder import decode_at
from fpcc.verifier.model import RETURN, Instruction
from tests.verifier.text import text_of

LENGTH = 12  # instructions of a piece
SLOTS = 96  # bytes above rsp that pieces may use

_NAMES = {
    64: "rax rcx rdx rbx rsi rdi r8 r9".split(),
    32: "eax ecx edx ebx esi edi r8d r9d".split(),
    16: "ax cx dx bx si di r8w r9w".split(),
    8: "al cl dl bl sil dil r8b r9b ah ch dh bh".split(),
}
_LETTERS = {64: "q", 32: "l", 16: "w", 8: "b"}
_CONDITIONS = "o no b ae e ne be a s ns p np l ge le g".split()
_TWO = "mov add sub and or xor cmp test adc sbb".split()
_ONE = "inc dec neg not".split()
_SHIFTS = "shl shr sar rol ror".split()
_IMMEDIATES = (0, 1, 2, 7, 8, 15, 16, 63, 100, 127, -1, -2, -8, -16, -128)


def random_pieces(seed: int, count: int) -> list[tuple[bytes, tuple[Instruction, ...]]]:
    """Machine code and instructions of `count` pieces; each ends in a return."""
    chance = random.Random(seed)
    lines: list[str] = [".text"]
    for _ in range(count):
        lines += [_line(chance) for _ in range(LENGTH)]
        lines.append("ret")
    return list(_split(text_of(assemble("\n".join(lines) + "\n"))))


def _split(text: bytes) -> Iterator[tuple[bytes, tuple[Instruction, ...]]]:
    start = 0
    while start < len(text):
        found: list[Instruction] = []
        while not found or found[-1].kind != RETURN:
            found.append(decode_at(text, start + sum(i.size for i in found), sum(i.size for i in found)))
        size = sum(i.size for i in found)
        yield text[start : start + size], tuple(found)
        start += size


def _line(chance: random.Random) -> str:
    return chance.choice(_MAKERS)(chance)


def _register(chance: random.Random, width: int, legacy: bool = False) -> str:
    return "%" + chance.choice(_NAMES[width][:4] if legacy else _NAMES[width][:8])


def _memory(chance: random.Random, width: int) -> str:
    size = width // 8
    return f"{chance.randrange(0, SLOTS - size, chance.choice((1, size)))}(%rsp)"


def _source(chance: random.Random, width: int) -> str:
    kind = chance.randrange(3)
    if kind == 0:
        return f"${chance.choice(_IMMEDIATES)}"
    return _memory(chance, width) if kind == 1 else _register(chance, width)


def _width(chance: random.Random) -> int:
    return chance.choice((64, 64, 32, 32, 16, 8))


def _two(chance: random.Random) -> str:
    width = _width(chance)
    name = chance.choice(_TWO) + _LETTERS[width]
    source = _source(chance, width)
    if chance.randrange(4) == 0 and not source.endswith(")"):
        return f"{name} {source}, {_memory(chance, width)}"
    if name.startswith("test") and source.endswith(")"):
        source = _register(chance, width)
    return f"{name} {source}, {_register(chance, width)}"


def _high(chance: random.Random) -> str:
    name = chance.choice(("movb", "addb", "cmpb", "movzbl"))
    high = "%" + chance.choice(_NAMES[8][8:])
    if name == "movzbl":
        return f"{name} {high}, {_register(chance, 32, legacy=True)}"
    pair = [high, _register(chance, 8, legacy=True)]
    chance.shuffle(pair)
    return f"{name} {pair[0]}, {pair[1]}"


def _one(chance: random.Random) -> str:
    width = _width(chance)
    return f"{chance.choice(_ONE)}{_LETTERS[width]} {_register(chance, width)}"


def _shift(chance: random.Random) -> str:
    width = _width(chance)
    count = chance.choice(("%cl", f"${chance.randrange(0, width)}"))
    return f"{chance.choice(_SHIFTS)}{_LETTERS[width]} {count}, {_register(chance, width)}"


def _extend(chance: random.Random) -> str:
    name, narrow, wide = chance.choice(
        (("movzbl", 8, 32), ("movzwl", 16, 32), ("movsbq", 8, 64), ("movswl", 16, 32), ("movslq", 32, 64))
    )
    source = _memory(chance, narrow) if chance.randrange(3) == 0 else _register(chance, narrow)
    return f"{name} {source}, {_register(chance, wide)}"


def _address(chance: random.Random) -> str:
    width = chance.choice((64, 64, 32))
    scale = chance.choice((1, 2, 4, 8))
    base, index = _register(chance, 64), _register(chance, 64)
    place = f"{chance.choice(_IMMEDIATES)}({base},{index},{scale})"
    return f"lea{_LETTERS[width]} {place}, {_register(chance, width)}"


def _multiply(chance: random.Random) -> str:
    width = chance.choice((64, 32))
    target = _register(chance, width)
    if chance.randrange(2):
        return f"imul{_LETTERS[width]} ${chance.choice(_IMMEDIATES)}, {_register(chance, width)}, {target}"
    return f"imul{_LETTERS[width]} {_register(chance, width)}, {target}"


def _conditional(chance: random.Random) -> str:
    condition = chance.choice(_CONDITIONS)
    if chance.randrange(3) == 0:
        return f"set{condition} {_register(chance, 8)}"
    width = chance.choice((64, 32))
    return f"cmov{condition}{_LETTERS[width]} {_register(chance, width)}, {_register(chance, width)}"


def _bits(chance: random.Random) -> str:
    width = chance.choice((64, 32))
    pair = f"{_register(chance, width)}, {_register(chance, width)}"
    three = f"{_register(chance, width)}, {pair}"
    return chance.choice(
        (f"tzcnt {pair}", f"bsf {pair}", f"popcnt {pair}", f"andn {three}", f"bzhi {three}", f"shrx {three}")
        + (f"blsr {pair}", f"shlx {three}", f"bextr {three}", f"bswap {_register(chance, width)}")
        + (
            f"mulx {three}",
            f"xchg %rbx, {_register(chance, 64, legacy=True)}",
            f"xadd {pair}",
            f"rorx $5, {pair}",
            f"bt $3, {pair.split(',')[0]}",
        )
    )


def _other(chance: random.Random) -> str:
    return chance.choice(("cltq", "cqto", "cwtl", "mulq %rbx", "imull %esi", "cltd", "stc", "clc"))


_MAKERS = (
    _two, _two, _two, _two, _high, _one, _shift, _extend, _address, _multiply, _conditional, _bits, _other,
)  # fmt: skip
