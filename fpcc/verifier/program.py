"""A module's text as instructions, and what is called in it: what the rules on code look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fpcc.verifier.decoder import decode_at
from fpcc.verifier.encoding import UndecodableError
from fpcc.verifier.image import Image
from fpcc.verifier.model import CALL, JUMP, RIP, Instruction, Mem, Target, Violation

_SHOWN = 15  # bytes of what could not be decoded


@dataclass(frozen=True, slots=True)
class Program:
    """All of text, decoded from its first byte to its last, whether it is reached or not."""

    image: Image
    instructions: tuple[Instruction, ...]
    positions: Mapping[int, int]  # address -> index in `instructions`
    functions: frozenset[int]  # entry points and targets of direct calls, without stubs
    stubs: Mapping[int, str]  # address of a `jmp *SLOT(%rip)` -> the import that is in the slot
    unproved: tuple[Instruction, ...] = ()  # accesses left to the guard rule, once the memory rule has run

    def at(self, address: int) -> Instruction | None:
        """The instruction that starts here."""
        position = self.positions.get(address)
        return None if position is None else self.instructions[position]


def decode_program(image: Image) -> tuple[Program, tuple[Violation, ...]]:
    """Decodes text linearly. After an instruction refused by name it goes on, after other bytes it ends."""
    instructions: list[Instruction] = []
    violations: list[Violation] = []
    offset = 0
    while offset < len(image.text):
        address = image.text_span.start + offset
        try:
            instruction = decode_at(image.text, offset, address)
        except UndecodableError as error:
            shown = image.text[offset : offset + (error.size or _SHOWN)]
            violations.append(Violation("instruction", address, shown, "", "", "", str(error)))
            offset += error.size or len(image.text)
            continue
        instructions.append(instruction)
        offset += instruction.size
    return _index(image, tuple(instructions)), tuple(violations)


def branch_target(instruction: Instruction) -> int | None:
    """Where a direct branch or call goes."""
    for operand in instruction.operands:
        if isinstance(operand, Target):
            return operand.address
    return None


def jump_slot(instruction: Instruction) -> int | None:
    """The address of the word that a `jmp *SLOT(%rip)` goes through; None if it is no such jump."""
    if instruction.kind != JUMP or not isinstance(instruction.operands[0], Mem):
        return None
    memory = instruction.operands[0]
    return instruction.end + memory.disp if memory.base == RIP and not memory.segment else None


def _index(image: Image, instructions: tuple[Instruction, ...]) -> Program:
    stubs = dict[int, str]()
    for instruction in instructions:
        slot = jump_slot(instruction) if instruction.kind == JUMP else None
        if slot is not None and slot in image.import_slots:
            stubs[instruction.address] = image.import_slots[slot]
    called = {branch_target(i) for i in instructions if i.kind == CALL}
    functions = {target for target in called if target is not None} | set(image.entries.values())
    positions = {instruction.address: number for number, instruction in enumerate(instructions)}
    return Program(image, instructions, positions, frozenset(functions - stubs.keys()), stubs)
