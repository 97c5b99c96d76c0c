"""The state of the machine at one point of a function: what registers, spill slots and flags hold, as sums.

Slots are the places of the native stack that were written at constant offsets from rsp on entry. That nobody
else writes them (no guarded access reaches the native stack, no callee stores above its own frame) is proved
by this rule and the stack rule together.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from fpcc.verifier.guard_atoms import (
    ALIGNED,
    ARENA,
    INSERT,
    MOST_TERMS,
    SHIFT,
    SHIFT_RIGHT,
    STACK,
    Atoms,
    Derivation,
)
from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import Interval, width_range
from fpcc.verifier.guard_sums import Sum, number, of_atom
from fpcc.verifier.model import NO_REGISTER, RIP, RSP, Imm, Mem, Operand, Reg

RED_ZONE = 128  # bytes below rsp that signals leave alone
_FAR = 1 << 40
_STACK, _ALIGNED = ((STACK, 1),), ((ALIGNED, 1),)


@dataclass(frozen=True, slots=True)
class State:
    """What a block may rely on where it begins."""

    registers: tuple[Sum, ...]
    slots: Mapping[int, tuple[int, Sum]]  # offset from rsp on entry -> bytes, value
    flags: Comparison | None


@dataclass
class Machine:
    """A state that instructions change; `at` is the address of the one that runs, `end` of the one after."""

    atoms: Atoms
    variables: Mapping[int, Sum]  # GOT entry -> what the variable of the host holds whose offset it has
    asked: Set[int]  # addresses of the instructions whose accesses have to be proved to stay in the arena
    registers: list[Sum]
    slots: dict[int, tuple[int, Sum]]
    flags: Comparison | None
    at: int = 0
    end: int = 0

    def state(self) -> State:
        """The present."""
        return State(tuple(self.registers), dict(self.slots), self.flags)

    def made(self, what: object, range_: Interval) -> Sum:
        """A value this instruction makes and nothing more is known of.

        Its range is part of its name: where more paths than before lead here, and it is wider, it is another.
        """
        return self.atoms.made((self.at, what, range_), range_)

    def derived(self, derivation: Derivation, range_: Interval) -> Sum:
        """The value of an operation, or an unknown one of its range if that is too much to keep track of."""
        found = self.atoms.rebuilt(derivation, range_)
        return found if found is not None else self.made(derivation, range_)

    def low_bits(self, value: Sum, width: int) -> Sum:
        """`value` modulo 2**width."""
        found = self.atoms.low_bits(value, width)
        return found if found is not None else self.made((value, width), width_range(width))

    def address(self, memory: Mem) -> Sum:
        """The address of a memory operand, without its segment."""
        if memory.base == RIP:
            return Sum(((ARENA, 1), (SHIFT, 1)), self.end + memory.disp)
        value = number(memory.disp)
        if memory.base != NO_REGISTER:
            value = value.plus(self.registers[memory.base])
        if memory.index != NO_REGISTER:
            value = value.plus(self.registers[memory.index], memory.scale)
        return self.low_bits(value, 32) if memory.narrow else value

    def slot_of(self, memory: Mem) -> int | None:
        """Where on the native stack an operand surely lies, from rsp on entry; else None."""
        if memory.segment:
            return None
        return stack_offset(self.address(memory))

    def read(self, operand: Operand, width: int) -> Sum:
        """The value of an operand, zero-extended."""
        if isinstance(operand, Reg):
            return self._read_register(operand)
        if isinstance(operand, Imm):
            return self.low_bits(number(operand.value), width)
        if isinstance(operand, Mem):
            return self._load(operand, width)
        return self.made("other", width_range(min(width, 64)))

    def _read_register(self, register: Reg) -> Sum:
        value = self.registers[register.number]
        if register.high:
            value = self.derived(Derivation(SHIFT_RIGHT, (value,), 8), width_range(56))
        return self.low_bits(value, register.width)

    def _load(self, memory: Mem, width: int) -> Sum:
        if memory.segment == "fs":
            return self._load_thread_local(memory, width)
        offset = self.slot_of(memory)
        if offset is not None:
            return self.load_slot(offset, width)
        is_offset = memory.base == RIP and not memory.segment and self.end + memory.disp in self.variables
        if is_offset and width == 64:
            return self.atoms.made(("got", self.end + memory.disp), width_range(64))
        return self.made("load", width_range(width))

    def _load_thread_local(self, memory: Mem, width: int) -> Sum:
        address = self.address(memory)
        for entry, held in self.variables.items():
            atom = self.atoms.number_of(("got", entry))
            if width == 64 and atom >= 0 and address == of_atom(atom):
                return held
        return self.made("load", width_range(width))

    def load_slot(self, offset: int, width: int) -> Sum:
        """What the native stack holds at `offset`."""
        size, value = self.slots.get(offset, (0, number(0)))
        depth = stack_offset(self.registers[RSP])
        if depth is None or offset < depth - RED_ZONE or size * 8 < width:
            return self.made("load", width_range(width))
        return self.low_bits(value, width)

    def write(self, operand: Operand, value: Sum) -> None:
        """Stores a zero-extended value."""
        if isinstance(operand, Mem):
            self._store(operand, value)
        if not isinstance(operand, Reg):
            return
        if operand.width < 32:
            value = self._inserted(operand, value)
        if len(value.terms) > MOST_TERMS:
            value = self.made(operand.number, width_range(64))
        self.registers[operand.number] = value

    def _inserted(self, register: Reg, value: Sum) -> Sum:
        old = self.registers[register.number]
        if register.high:
            return self.made(register.number, width_range(64))
        if not old.terms:
            return value.shifted(old.constant >> register.width << register.width)
        return self.derived(Derivation(INSERT, (old, value), register.width), width_range(64))

    def _store(self, memory: Mem, value: Sum) -> None:
        offset = self.slot_of(memory)
        if offset is None:
            if not memory.segment and memory.base != RIP and self.at not in self.asked:
                self.slots.clear()  # the other rules know that it is in the frame, but not where
            return
        self.forget_slots(offset, memory.size)
        if 0 < memory.size <= 8:
            self.slots[offset] = (memory.size, value)

    def forget_below(self, offset: int) -> None:
        """Forgets all that the native stack held below `offset`."""
        self.slots = {start: slot for start, slot in self.slots.items() if start >= offset}

    def forget_slots(self, offset: int, size: int) -> None:
        """Forgets what the native stack held in these bytes."""
        for start in range(offset - 7, offset + size):
            if start in self.slots and start + self.slots[start][0] > offset:
                del self.slots[start]


def stack_offset(value: Sum) -> int | None:
    """How far from rsp on entry a value points, None if it is no such pointer.

    Nobody knows how far below that an aligned rsp is; offsets from there are shown as from far below.
    """
    if value.terms == _ALIGNED:
        return value.constant - _FAR
    return value.constant if value.terms == _STACK else None
