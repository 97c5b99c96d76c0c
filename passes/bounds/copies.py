"""Pointers that are stored take their bounds along, whatever they are stored as."""

from __future__ import annotations

from dataclasses import dataclass

from passes.bounds.known_calls import ALLOCATES_AT, COPIES
from passes.bounds.origins import Origins, widen
from passes.bounds.program import UNKNOWN, Bounds
from passes.bounds.runtime import COPY, FORGET, STORE
from passes.bounds.touches import known_name
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand

_POINTER = 8  # bytes
_MOVED = ("phi", "select", "freeze")  # what gives an integer that may have been a pointer all along


@dataclass
class Copies:
    """Of one function."""

    origins: Origins

    def follow(self, instruction: Instruction) -> None:
        """Adds the code behind `instruction` that keeps the bounds table up with it."""
        if instruction.opcode == "store":
            self._store(instruction, *instruction.operands)
        elif instruction.opcode == "atomicrmw" and "xchg" in instruction.tokens[:4]:
            self._store(instruction, instruction.operands[1], instruction.operands[0])
        elif instruction.opcode == "cmpxchg":
            self._store(instruction, instruction.operands[2], instruction.operands[0])
        elif instruction.opcode == "call":
            self._call(instruction)

    def _store(self, store: Instruction, value: Operand, slot: Operand) -> None:
        kind = value.type
        if kind.text == "ptr":
            self._store_pointer(store, value, slot)
        elif kind.text == "i64":
            self._store_word(store, value, slot)
        elif kind.kind == "vector" and kind.elements and kind.elements[0].text in ("ptr", "i64"):
            self._store_vector(store, value, slot)

    def _store_pointer(self, store: Instruction, value: Operand, slot: Operand) -> None:
        if (
            self.origins.is_exempt
            or value.text == "null"
            or value.text in self.origins.program.module.functions
        ):
            return
        name = self.origins.fresh()
        lines = [f"{name} = ptrtoint ptr {value.text} to i64"]
        self.origins.add_after(store, [*lines, *self._keep(slot, name, self.origins.of(value))])

    def _store_word(self, store: Instruction, value: Operand, slot: Operand) -> None:
        """A word that was just loaded may be a pointer: so the optimiser copies small structures."""
        made = self.origins.values.definitions.get(value.text)
        if made is None or self.origins.is_exempt:
            return
        if made.opcode == "load":
            self.origins.add_after(store, self._keep(slot, value.text, self.origins.word_bounds(made)))
        elif made.opcode in _MOVED:
            self.origins.add_after(store, [f"call void {FORGET}(ptr {slot.text})"])

    def _store_vector(self, store: Instruction, value: Operand, slot: Operand) -> None:
        load = self.origins.values.definitions.get(value.text)
        if load is not None and load.opcode == "load":
            size = str(value.type.store_size)
            self.origins.add_after(store, self._carry(slot, load.operands[0], size))
        elif value.type.elements[0].text == "ptr" and not self.origins.is_exempt:
            self._forget_lanes(store, slot, value.type.count)

    def _forget_lanes(self, store: Instruction, slot: Operand, count: int) -> None:
        for lane in range(count):
            name = self.origins.fresh()
            lines = [f"{name} = getelementptr i8, ptr {slot.text}, i64 {lane * _POINTER}"]
            self.origins.add_after(store, [*lines, f"call void {FORGET}(ptr {name})"])

    def _call(self, call: Instruction) -> None:
        known, arguments = known_name(call, self.origins.program), call.arguments
        if known in COPIES and len(arguments) >= 3:
            self._carry_range(call, arguments)
        elif known in ALLOCATES_AT and len(arguments) == 3 and not self.origins.is_exempt:
            self._allocated_at(call, arguments[0], ALLOCATES_AT[known])

    def _carry_range(self, call: Instruction, arguments: tuple[Operand, ...]) -> None:
        to, source, length = arguments[:3]
        if length.integer is not None and length.integer < _POINTER:
            return
        name = self.origins.fresh()
        self.origins.add_after(call, [*widen(length, name), *self._carry(to, source, name)])

    def _allocated_at(self, call: Instruction, slot: Operand, size: int) -> None:
        """What `slot` holds is the new object, if there is one; if not, its bounds fit nothing."""
        name = self.origins.fresh()
        self.origins.add_after(call, [f"{name} = load i64, ptr {slot.text}, align 8"])
        bounds = self.origins.allocated(call, f"add i64 {name}, 0", (size,))
        if bounds is not UNKNOWN:
            self.origins.add_after(call, self._keep(slot, name, bounds))

    def _keep(self, slot: Operand, word: str, bounds: Bounds) -> list[str]:
        call = f"call void {STORE}(ptr {slot.text}, i64 {word}, i64 {bounds.lower}, i64 {bounds.object})"
        return [call, *self.origins.counting("stores")]

    def _carry(self, to: Operand, source: Operand, length: str) -> list[str]:
        call = f"call void {COPY}(ptr {to.text}, ptr {source.text}, i64 {length})"
        return [call, *self.origins.counting("copies")]
