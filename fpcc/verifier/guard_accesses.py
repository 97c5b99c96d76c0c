"""The accesses of one function that the flow is about, and the conditions its blocks end with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fpcc.verifier.guard_atoms import ARENA, STACK, Atoms
from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_machine import RED_ZONE, Machine, stack_offset
from fpcc.verifier.guard_sums import Sum, of_atom
from fpcc.verifier.guard_values import Values
from fpcc.verifier.model import CALL, POP, PUSH, RIP, RSP, Instruction, Mask, Mem

_BASE = of_atom(ARENA)
_MASKED = ("vmaskmov", "vpmaskmov")


@dataclass(frozen=True, slots=True)
class Access:
    """`size` bytes from arena base + `distance` on; `is_certain`: all are touched."""

    instruction: Instruction
    distance: Sum
    size: int
    is_certain: bool
    is_asked: bool  # does the mode want it confined?


@dataclass(frozen=True, slots=True)
class Passage:
    """What a block does that the flow is about."""

    accesses: tuple[Access, ...]
    comparison: Comparison | None  # what the flags at the block's end are from
    made: frozenset[int]  # atoms its instructions make


@dataclass
class Reader:
    """Collects the accesses of a block while it is run."""

    kinds: str  # the accesses the mode wants confined: "w", or "rw"
    found: list[Access] = field(default_factory=list)

    def look(self, machine: Machine, instruction: Instruction) -> None:
        """Notes the accesses of the instruction that is about to run."""
        for memory, access in instruction.memory():
            if memory.segment or memory.base == RIP:
                continue
            address = machine.address(memory)
            if not _is_in_frame(machine, address, memory.size):
                self.found.append(
                    Access(
                        instruction,
                        address.plus(_BASE, -1),
                        memory.size,
                        _is_certain(instruction),
                        any(kind in access for kind in self.kinds),
                    )
                )


def read_passages(values: Values, kinds: str) -> Mapping[int, Passage]:
    """What each block of a solved function does."""
    passages = {}
    for block in values.flow.order:
        reader = Reader(kinds)
        after = values.run(block, reader.look)
        passages[block] = Passage(tuple(reader.found), after.flags, _made(values, block))
    return passages


def _made(values: Values, block: int) -> frozenset[int]:
    addresses = (i.address for i in values.flow.blocks[block].instructions)
    return frozenset().union(*(values.atoms.made_at(address) for address in addresses))


def _is_in_frame(machine: Machine, address: Sum, size: int) -> bool:
    """Whether the bytes lie on the native stack, in the function's own frame; the stack rule says which."""
    offset, depth = stack_offset(address), stack_offset(machine.registers[RSP])
    if offset is None or depth is None:
        return False
    return depth - RED_ZONE <= offset and offset + size <= 0


def _is_certain(instruction: Instruction) -> bool:
    if instruction.mnemonic.startswith(_MASKED):
        return False
    return not any(isinstance(operand, Mask) for operand in instruction.operands)
