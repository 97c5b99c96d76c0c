"""The machine code of a module, for reports of faults: where it goes, and what it does with registers.

Read with the verifier's decoder. What that cannot read, in a module nobody has verified, ends the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fpcc.module_file import ELF_MAGIC, parse_module
from fpcc.verifier.decoder import decode_at
from fpcc.verifier.encoding import UndecodableError
from fpcc.verifier.model import (
    BRANCH,
    CALL,
    JUMP,
    R12,
    R13,
    R14,
    R15,
    RBP,
    RBX,
    RETURN,
    RSP,
    TRAP,
    Instruction,
    Mem,
    Reg,
)
from fpcc.verifier.program import branch_target

REGISTERS = frozenset(range(16)) - {RSP}  # those that may hold addresses in the arena
_KEPT_BY_CALLS = frozenset((RBX, RBP, R12, R13, R14, R15))
_NARROW, _WHOLE = 1 << 32, 1 << 64  # how many addresses there are


@dataclass(frozen=True)
class _Text:
    """The machine code of a module."""

    code: bytes
    start: int  # its address

    def at(self, address: int) -> Instruction | None:
        """The instruction there, None if there is none that a module may have."""
        if not 0 <= address - self.start < len(self.code):
            return None
        try:
            return decode_at(self.code, address - self.start, address)
        except UndecodableError:
            return None

    def instructions(self) -> Iterator[Instruction]:
        """All, in order, up to the first that cannot be read."""
        found = self.at(self.start)
        while found is not None:
            yield found
            found = self.at(found.end)


@dataclass(frozen=True)
class Code:
    """The same as instructions."""

    instructions: tuple[Instruction, ...]

    @cached_property
    def position(self) -> Mapping[int, int]:
        """By address."""
        return {instruction.address: at for at, instruction in enumerate(self.instructions)}

    @cached_property
    def joins(self) -> frozenset[int]:
        """What branches and calls lead to."""
        return frozenset(t for i in self.instructions if (t := branch_target(i)) is not None)


@lru_cache(maxsize=4)
def _decode(text: _Text) -> Code:
    """A module that faults once often faults again."""
    return Code(tuple(text.instructions()))


def read_code(data: bytes) -> Code:
    """The code of a module file; none if it is no module."""
    return _decode(_read_text(data))


def _read_text(data: bytes) -> _Text:
    if not data.startswith(ELF_MAGIC):
        return _Text(b"", 0)
    for segment in parse_module(data, "").layout.segments:
        if segment.type == "PT_LOAD" and "x" in segment.permissions:
            end = segment.file_offset + segment.file_size
            return _Text(data[segment.file_offset : end], segment.address)
    return _Text(b"", 0)


def next_of(instruction: Instruction) -> Sequence[int]:
    """Where it goes, but for the way back in a loop."""
    target = branch_target(instruction)
    ahead = [target] if target is not None and target > instruction.address else []
    if instruction.kind in (RETURN, TRAP):
        return ()
    if instruction.kind == JUMP:
        return ahead
    return [instruction.end, *ahead] if instruction.kind == BRANCH else [instruction.end]


def written_by(instruction: Instruction) -> frozenset[int]:
    if instruction.kind == CALL:
        return REGISTERS - _KEPT_BY_CALLS
    named = (
        operand.number
        for operand, access in zip(instruction.operands, instruction.access, strict=True)
        if isinstance(operand, Reg) and "w" in access
    )
    return instruction.writes.union(named)


def read_by(instruction: Instruction) -> frozenset[int]:
    """The registers that what it does hangs on."""
    if instruction.mnemonic in ("xor", "sub") and len(set(instruction.operands)) == 1:
        return frozenset()
    found = set(instruction.reads)
    for operand, access in zip(instruction.operands, instruction.access, strict=True):
        if isinstance(operand, Mem):
            found |= {operand.base, operand.index}
        elif isinstance(operand, Reg) and "r" in access:
            found.add(operand.number)
    return REGISTERS & found


def address_of(memory: Mem, known: Mapping[int, int]) -> int | None:
    """Where an operand is, None if that hangs on what is not known."""
    if (
        memory.segment == "fs"
        or memory.base not in known
        or (memory.index >= 0 and memory.index not in known)
    ):
        return None
    index = known[memory.index] * memory.scale if memory.index >= 0 else 0
    return (known[memory.base] + index + memory.disp) % (_NARROW if memory.narrow else _WHOLE)
