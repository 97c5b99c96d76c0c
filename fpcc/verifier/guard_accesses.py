"""The accesses of one function that the flow is about, and the conditions its blocks end with."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from fpcc.verifier.guard_atoms import ARENA
from fpcc.verifier.guard_bounds import ENTRIES, OTHER, read_check, region_of
from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import Interval
from fpcc.verifier.guard_machine import Machine, stack_offset
from fpcc.verifier.guard_sums import Sum, of_atom
from fpcc.verifier.guard_values import Values
from fpcc.verifier.model import RIP, Instruction, Mask

_BASE = of_atom(ARENA)
_MASKED = ("vmaskmov", "vpmaskmov")


@dataclass(frozen=True, slots=True)
class Access:
    """`size` bytes from arena base + `distance` on; `is_certain`: all are touched."""

    instruction: Instruction
    distance: Sum
    size: int
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Check:
    """From here on, `distance` from the arena's base is in `region`."""

    distance: Sum
    region: Interval


@dataclass(frozen=True, slots=True)
class Passage:
    """What a block does that the flow is about."""

    steps: tuple[Access | Check, ...]
    comparison: Comparison | None  # what the flags at the block's end are from
    made: frozenset[int]  # atoms its instructions make

    @property
    def accesses(self) -> tuple[Access, ...]:
        """Its steps that touch memory."""
        return tuple(step for step in self.steps if isinstance(step, Access))


@dataclass
class Reader:
    """Collects the steps of a block while it is run."""

    asked: Set[int]
    found: list[Access | Check] = field(default_factory=list)
    _halves: set[tuple[str, int, Sum]] = field(default_factory=set)  # of checks: instruction, register, value

    def look(self, machine: Machine, instruction: Instruction) -> None:
        """Notes the accesses of the instruction that is about to run, or what it checks."""
        check = read_check(instruction)
        if check is not None:
            self._note_check(instruction.mnemonic, check[0], machine.registers[check[1]])
        for memory, _ in instruction.memory():
            if memory.segment or memory.base == RIP:
                continue
            address = machine.address(memory)
            if stack_offset(address) is None or instruction.address in self.asked:
                distance = address.plus(_BASE, -1)
                self.found.append(Access(instruction, distance, memory.size, _is_certain(instruction)))

    def _note_check(self, mnemonic: str, bound: int, value: Sum) -> None:
        """A value that was compared with both bounds of a register is in the register's region."""
        self._halves.add((mnemonic, bound, value))
        if (OTHER[mnemonic], bound, value) in self._halves:
            self.found.append(Check(value.plus(_BASE, -1), region_of(bound)))


def read_passages(values: Values) -> Mapping[int, Passage]:
    """What each block of a solved function does."""
    passages = {}
    for block in values.flow.order:
        reader = Reader(values.asked)
        after = values.run(block, reader.look)
        passages[block] = Passage(tuple(reader.found), after.flags, _made(values, block))
    return passages


def _made(values: Values, block: int) -> frozenset[int]:
    addresses = (i.address for i in values.flow.blocks[block].instructions)
    return frozenset().union(*(values.atoms.made_at(address) for address in addresses))


def _is_certain(instruction: Instruction) -> bool:
    if instruction.mnemonic.startswith(_MASKED) or instruction.mnemonic in ENTRIES:
        return False
    return not any(isinstance(operand, Mask) for operand in instruction.operands)
