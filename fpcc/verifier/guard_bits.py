"""What instructions on single bits do to the machine's state: shifts, masks, counts."""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.verifier.guard_atoms import AND, SHIFT_RIGHT, STACK, Derivation
from fpcc.verifier.guard_intervals import width_range
from fpcc.verifier.guard_machine import Machine
from fpcc.verifier.guard_operands import Rule, bits_flags, result, sources, unknown, unsigned_top, width_of
from fpcc.verifier.guard_sums import Sum, number
from fpcc.verifier.model import RSP, Imm, Instruction, Reg

_TOP_BIT = number(1 << 63)  # to turn it over is to add it: what is carried out of it is lost


def _count(machine: Machine, instruction: Instruction) -> int | None:
    """The number of places a shift moves by, None if it is not constant or none."""
    if len(instruction.operands) != 2 or not isinstance(instruction.operands[1], Imm):
        return None
    width = width_of(instruction)
    count = instruction.operands[1].value & (63 if width == 64 else 31)
    return count if 0 < count < width else None


def _shift_left(machine: Machine, instruction: Instruction) -> None:
    count = _count(machine, instruction)
    if count is None:
        unknown(machine, instruction)
        return
    value = machine.read(instruction.operands[0], width_of(instruction))
    result(machine, instruction, value.times(1 << count))


def _shift_right(machine: Machine, instruction: Instruction) -> None:
    count, width = _count(machine, instruction), width_of(instruction)
    if count is None:
        unknown(machine, instruction)
        return
    value = machine.read(instruction.operands[0], width)
    derivation = Derivation(SHIFT_RIGHT, (value,), count)
    result(machine, instruction, machine.derived(derivation, width_range(width - count)))


def _shift_right_by_register(machine: Machine, instruction: Instruction) -> None:
    width = width_of(instruction)
    value = machine.read(instruction.operands[1], width)
    low, high = machine.atoms.static_range(value)
    most = (1 << width) - 1
    machine.write(
        instruction.operands[0], machine.made("shifted", (0, min(high, most) if low >= 0 else most))
    )


def _and(machine: Machine, instruction: Instruction) -> None:
    value = _bits_in_both(machine, *sources(machine, instruction), width_of(instruction))
    if instruction.operands[0] == Reg(RSP, 64) and machine.registers[RSP].terms == ((STACK, 1),):
        machine.forget_below(machine.registers[RSP].constant)  # where callees' frames will be, nobody knows
        value = machine.atoms.aligned(instruction.address)
    machine.write(instruction.operands[0], value)
    bits_flags(machine, instruction, value)


def _bits_in_both(machine: Machine, left: Sum, right: Sum, width: int) -> Sum:
    if left == right:
        return left
    mask, other = (left, right) if not left.terms else (right, left)
    high = min(unsigned_top(machine, left, width), unsigned_top(machine, right, width))
    if mask.terms:
        return machine.derived(Derivation(AND, tuple(sorted((left, right))), -1), (0, high))
    bits = mask.constant & ((1 << width) - 1)
    cleared = (1 << width) - bits
    if width == 64 and bits and cleared & (cleared - 1) == 0:
        return other.plus(machine.low_bits(other, cleared.bit_length() - 1), -1)
    if bits & (bits + 1) == 0:
        return machine.low_bits(other, bits.bit_length())
    return machine.derived(Derivation(AND, (other,), bits), (0, high))


def _test(machine: Machine, instruction: Instruction) -> None:
    value = _bits_in_both(machine, *sources(machine, instruction), width_of(instruction))
    bits_flags(machine, instruction, value)


def _or_xor(machine: Machine, instruction: Instruction) -> None:
    left, right = sources(machine, instruction)
    width = width_of(instruction)
    tops = [unsigned_top(machine, value, width) for value in (left, right)]
    value = machine.made("bits", (0, (1 << max(tops).bit_length()) - 1))
    if instruction.mnemonic == "xor" and instruction.operands[0] == instruction.operands[1]:
        value = number(0)
    elif instruction.mnemonic == "xor" and width == 64 and _TOP_BIT in (left, right):
        value = left.plus(right)
    machine.write(instruction.operands[0], value)
    bits_flags(machine, instruction, value)


def _narrower(machine: Machine, instruction: Instruction) -> None:
    """Takes bits away from its second operand; andn from its third."""
    width = width_of(instruction)
    source = instruction.operands[2 if instruction.mnemonic == "andn" else 1]
    top = unsigned_top(machine, machine.read(source, width), width)
    machine.write(instruction.operands[0], machine.made("narrower", (0, top)))
    machine.flags = None


def _bit_scan(machine: Machine, instruction: Instruction) -> None:
    unknown(machine, instruction)
    target = instruction.operands[0]
    if isinstance(target, Reg):  # left as it was if the source is 0, its upper half too
        machine.registers[target.number] = machine.made("scan", width_range(64))


def _count_bits(machine: Machine, instruction: Instruction) -> None:
    machine.write(instruction.operands[0], machine.made("count", (0, width_of(instruction))))
    machine.flags = None


BITS: Mapping[str, Rule] = {
    "shl": _shift_left,
    "shr": _shift_right,
    "shrx": _shift_right_by_register,
    "and": _and,
    "test": _test,
    **dict.fromkeys(("or", "xor"), _or_xor),
    **dict.fromkeys(("bsf", "bsr"), _bit_scan),
    **dict.fromkeys(("popcnt", "tzcnt", "lzcnt"), _count_bits),
    **dict.fromkeys(("andn", "bzhi", "bextr", "blsr", "blsi"), _narrower),
}
