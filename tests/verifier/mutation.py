"""Mutants of a module: one change of its text, of a kind that a bug or an attacker would make."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from fpcc.verifier.decoder import decode_at
from tests.verifier.loaded_module import load_module

_NOP = 0x90
_CALL, _JUMP_LONG, _JUMP, _BRANCHES = 0xE8, 0xE9, 0xEB, range(0x70, 0x80)
_PREFIXES = b"\x64\x65\x66\x67\xf0\xf2\xf3\x2e"


@dataclass(frozen=True)
class Mutable:
    """A sound module, and where in its file the instructions are."""

    module: bytes
    instructions: tuple[tuple[int, int], ...]  # offset in the file, size


def read_mutable(module: bytes) -> Mutable:
    """The instructions of a sound module."""
    loaded = load_module(module)
    code = module[loaded.text_offset : loaded.text_offset + len(loaded.text)]
    found = sweep(code, loaded.text.start)
    offsets = tuple((loaded.text_offset + at - loaded.text.start, size) for at, size, _ in found)
    return Mutable(module, offsets)


def sweep(code: bytes, address: int) -> list[tuple[int, int, str]]:
    """Address, size and mnemonic of each instruction of sound code.

    By the verifier's own decoder: the emulator has one of its own, and ends up elsewhere where they differ.
    """
    found, offset = [], 0
    while offset < len(code):
        instruction = decode_at(code, offset, address + offset)
        found.append((address + offset, instruction.size, instruction.mnemonic))
        offset += instruction.size
    return found


def mutate(mutable: Mutable, chance: random.Random) -> bytes:
    """One mutant, or two changes at once now and then; its size is that of the module."""
    data = bytearray(mutable.module)
    for _ in range(1 + (chance.random() < 0.15)):
        chance.choice(_CHANGES)(mutable, data, chance)
    return bytes(data)


def _pick(mutable: Mutable, chance: random.Random) -> tuple[int, int]:
    return chance.choice(mutable.instructions)


def _flip_bit(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    offset, size = _pick(mutable, chance)
    data[offset + chance.randrange(size)] ^= 1 << chance.randrange(8)


def _set_byte(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    offset, size = _pick(mutable, chance)
    data[offset + chance.randrange(size)] = chance.choice(
        (0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256), chance.choice(_PREFIXES))
    )


def _flip_operand(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    """A register, addressing form or displacement: bytes after the first two."""
    offset, size = _pick(mutable, chance)
    if size > 1:
        data[offset + chance.randrange(size // 2, size)] ^= 1 << chance.randrange(8)


def _delete(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    offset, size = _pick(mutable, chance)
    data[offset : offset + size] = bytes([_NOP]) * size


def _swap_neighbours(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    index = chance.randrange(len(mutable.instructions) - 1)
    (one, size), (other, more) = mutable.instructions[index : index + 2]
    if other == one + size:
        data[one : other + more] = data[other : other + more] + data[one:other]


def _swap_far(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    (one, size), (other, more) = _pick(mutable, chance), _pick(mutable, chance)
    if size == more:
        data[one : one + size], data[other : other + size] = (
            data[other : other + size],
            data[one : one + size],
        )


def _copy(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    """An instruction in the place of another, with padding if it is shorter."""
    (one, size), (other, more) = _pick(mutable, chance), _pick(mutable, chance)
    if more <= size:
        data[one : one + size] = data[other : other + more].ljust(size, bytes([_NOP]))


def _insert(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    """An instruction before others, which move down over the next one that is no longer than it."""
    index = chance.randrange(len(mutable.instructions))
    source, size = _pick(mutable, chance)
    for offset, length in mutable.instructions[index + 1 : index + 9]:
        start = mutable.instructions[index][0]
        if length >= size and offset >= start:
            moved = data[source : source + size] + data[start:offset]
            data[start : offset + length] = moved.ljust(offset + length - start, bytes([_NOP]))
            return


def _move_branch(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    """A branch, jump or call to the start of any instruction that it can reach."""
    branches = [(o, s) for o, s in mutable.instructions if _is_branch(data[o : o + s])]
    if not branches:
        return
    offset, size = chance.choice(branches)
    target, _ = _pick(mutable, chance)
    width = 4 if size >= 5 else 1
    distance = target - offset - size
    if -(1 << 8 * width - 1) <= distance < 1 << 8 * width - 1:
        data[offset + size - width : offset + size] = distance.to_bytes(width, "little", signed=True)


def _invert_branch(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    branches = [(o, s) for o, s in mutable.instructions if data[o] in _BRANCHES or _is_long_branch(data, o)]
    if branches:
        offset, size = chance.choice(branches)
        data[offset + (size == 6)] ^= chance.choice((1, 1, 2, 4, 6, 8))


def _strip_prefix(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    prefixed = [o for o, _ in mutable.instructions if data[o] in _PREFIXES]
    if prefixed:
        offset = chance.choice(prefixed)
        data[offset] = chance.choice((_NOP, 0x65, 0x67, 0x64))


def _change_constant(mutable: Mutable, data: bytearray, chance: random.Random) -> None:
    """The last four bytes, of an instruction that may have a displacement or constant there."""
    offset, size = _pick(mutable, chance)
    if size >= 6:
        value = chance.choice((0, 8, 0x7FFF, 0x10000, -1, -0x10000, -0x80000000, chance.getrandbits(31)))
        data[offset + size - 4 : offset + size] = value.to_bytes(4, "little", signed=True)


def _is_branch(code: bytes | bytearray) -> bool:
    if len(code) == 2:
        return code[0] == _JUMP or code[0] in _BRANCHES
    return (len(code) == 5 and code[0] in (_CALL, _JUMP_LONG)) or _is_long_branch(code, 0)


def _is_long_branch(code: bytes | bytearray, at: int) -> bool:
    return code[at] == 0x0F and code[at + 1] in range(0x80, 0x90)


_CHANGES: tuple[Callable[[Mutable, bytearray, random.Random], None], ...] = (
    _flip_bit,
    _set_byte,
    _flip_operand,
    _delete,
    _swap_neighbours,
    _swap_far,
    _copy,
    _insert,
    _move_branch,
    _invert_branch,
    _strip_prefix,
    _change_constant,
)
