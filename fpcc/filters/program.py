"""A filter as a BPF program: values, validated. Everything behind this file may rely on what it checks.

A program that check_program() lets through ends: control only goes forward, and not past the last
instruction. It reads no scratch memory it has not written, divides by no constant 0, and has no instruction
that means something else in another interpreter: Linux takes loads from 0x80000000 on for its extensions.
"""

from __future__ import annotations

from dataclasses import dataclass

from fpcc.abi import abi
from fpcc.errors import FilterError
from fpcc.filters.opcodes import (
    ABSOLUTE,
    ALLOWED,
    ARITHMETIC,
    BRANCHES,
    HEADER_LENGTH,
    JUMP,
    MEMORY_LOADS,
    RETURNS,
    STORES,
    WORDS,
)

_EXTENSIONS = 1 << 31
_ALL_WORDS = (1 << WORDS) - 1


@dataclass(frozen=True)
class Instruction:
    """One instruction, as struct bpf_insn: 16 bits, 8, 8, 32."""

    code: int
    jt: int
    jf: int
    k: int

    def following(self, at: int) -> tuple[int, ...]:
        """Where control goes from here, this being instruction `at`: the branch taken first."""
        if self.code in RETURNS:
            return ()
        if self.code == JUMP:
            return (at + 1 + self.k,)
        if self.code in BRANCHES:
            return at + 1 + self.jt, at + 1 + self.jf
        return (at + 1,)


@dataclass(frozen=True)
class Program:
    """A checked program; `text` is the expression it was made from."""

    text: str
    instructions: tuple[Instruction, ...]

    def as_json(self) -> list[list[int]]:
        """As the host reads it: [code, jt, jf, k] for each instruction (runtime/host/filter.h)."""
        return [[i.code, i.jt, i.jf, i.k] for i in self.instructions]


def check_program(instructions: tuple[Instruction, ...], place: str, text: str = "") -> Program:
    """The instructions as a Program. Raises FilterError, which says what is wrong with which one."""
    most = abi().number("FP_FILTER_INSTRUCTIONS")
    if not 1 <= len(instructions) <= most:
        raise FilterError(place, f"{len(instructions):,} instructions; allowed are 1 to {most:,}")
    for at, instruction in enumerate(instructions):
        if wrong := _find_fault(instruction, at, len(instructions)):
            raise FilterError(place, f"instruction {at}: {wrong}")
    _check_memory(instructions, place)
    return Program(text, instructions)


def _find_fault(instruction: Instruction, at: int, count: int) -> str:
    """What is wrong with one instruction, "" if nothing."""
    code, k = instruction.code, instruction.k
    if not (0 <= code < 1 << 16 and 0 <= k < 1 << 32):
        return f"code {code} or k {k} is out of range"
    if not (0 <= instruction.jt < 1 << 8 and 0 <= instruction.jf < 1 << 8):
        return f"jump {instruction.jt} or {instruction.jf} is out of range"
    if code not in ALLOWED:
        return f"no such opcode: {code:#06x}"
    if code == JUMP and k >= _EXTENSIONS:
        return "jumps backward: a filter must not loop (protochain does, for one)"
    if any(target >= count for target in instruction.following(at)):
        return "jumps, or runs, past the end"
    return _find_bad_operand(code, k)


def _find_bad_operand(code: int, k: int) -> str:
    if (code in ABSOLUTE or code == HEADER_LENGTH) and k >= _EXTENSIONS:
        return (
            f"loads from {k:#x}: not the frame, but what only Linux's own sockets know of it "
            "(direction, interface, a removed VLAN tag)"
        )
    if code in (*MEMORY_LOADS, *STORES) and k >= WORDS:
        return f"M[{k}] does not exist; scratch memory is M[0] to M[{WORDS - 1}]"
    if code not in ARITHMETIC or ARITHMETIC[code].by_x:
        return ""
    operator = ARITHMETIC[code].operator
    if operator in "/%" and k == 0:
        return "divides by 0"
    return f"shifts by {k} bits, of 32" if operator in ("<<", ">>") and k >= 32 else ""


def _check_memory(instructions: tuple[Instruction, ...], place: str) -> None:
    """Every word of M[] is stored on every way to its load: what else is in it nobody knows."""
    stored = [_ALL_WORDS] * len(instructions)  # a bit for each word, before each instruction
    stored[0] = 0
    for at, instruction in enumerate(instructions):
        if instruction.code in MEMORY_LOADS and not stored[at] >> instruction.k & 1:
            raise FilterError(place, f"instruction {at}: loads M[{instruction.k}], which nothing has stored")
        after = stored[at] | (1 << instruction.k if instruction.code in STORES else 0)
        for target in instruction.following(at):
            stored[target] &= after
