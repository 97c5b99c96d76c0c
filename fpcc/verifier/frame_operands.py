"""The operands of an instruction in a FrameState: what is known of those it reads, and what it writes."""

from __future__ import annotations

from collections.abc import Iterator

from fpcc.verifier.frame_state import FrameState
from fpcc.verifier.frame_values import PLAIN, WHOLE, defined_bits, narrowed, with_bits
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.model import Instruction, Mem, Operand, Reg

_COUNTED = ("shlx", "shrx", "sarx", "bzhi")  # their last operand is a count of bits


def read_value(state: FrameState, operand: Operand) -> int:
    """The value a whole word has; of less than one only how much of it is the module's own."""
    if isinstance(operand, Reg):
        value = state.registers[operand.number]
        if operand.width == WHOLE:
            return value
        if operand.width == 32:
            return narrowed(value)
        if bits_read(operand) <= defined_bits(value):
            return PLAIN
        return with_bits(0 if operand.high else defined_bits(value))
    if isinstance(operand, Mem) and operand.size:
        offset = state.native_offset(operand)
        return PLAIN if offset is None or operand.size > WORD else state.load(offset, operand.size)[1]
    return PLAIN


def write_value(state: FrameState, operand: Operand, value: int) -> None:
    """Writes a value to the register, or to the word of the frame, that an operand is."""
    if isinstance(operand, Reg):
        state.registers[operand.number] = after_write(state.registers[operand.number], operand, value)
    elif isinstance(operand, Mem) and operand.size:
        offset = state.native_offset(operand)
        if offset is not None:
            state.store(offset, operand.size, value)


def after_write(old: int, register: Reg, value: int) -> int:
    """A write of 32 bits clears the rest, one of 8 or 16 keeps it."""
    if register.width == WHOLE:
        return value
    if register.width == 32:
        return narrowed(value)
    if defined_bits(value) < register.width:
        return with_bits(min(defined_bits(value), defined_bits(old)))
    if defined_bits(old) == WHOLE:
        return PLAIN
    if register.high:
        return with_bits(16) if defined_bits(old) == 8 else with_bits(defined_bits(old))
    return with_bits(max(defined_bits(old), register.width))


def operands_read(instruction: Instruction) -> Iterator[tuple[Operand, bool]]:
    """Each operand it reads, and whether of that only the low byte matters, a count of bits."""
    last = len(instruction.operands) - 1
    for at, (operand, access) in enumerate(zip(instruction.operands, instruction.access, strict=True)):
        if "r" in access:
            yield operand, at == last and instruction.mnemonic in _COUNTED


def bits_read(register: Reg) -> int:
    """The low bits of the whole register that an operand shows."""
    return 16 if register.high else register.width


def implicit_width(instruction: Instruction) -> int:
    """How much of its implicit registers an instruction uses: as much as its operand has."""
    match instruction.operands:
        case (Reg(_, width), *_):
            return width
        case (Mem(size=size), *_):
            return min(size * 8, WHOLE)
    return 16 if instruction.mnemonic in ("cbw", "cwd") else WHOLE
