"""What the rules for instructions share: reading operands, writing results, and what is not known of them."""

from __future__ import annotations

from collections.abc import Callable

from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import width_range
from fpcc.verifier.guard_machine import Machine
from fpcc.verifier.guard_sums import Sum, number
from fpcc.verifier.model import Instruction, Mem, Operand, Reg

Rule = Callable[[Machine, Instruction], None]


def width_of(instruction: Instruction) -> int:
    """The operand size in bits: that of the first operand."""
    return operand_width(instruction.operands[0])


def operand_width(operand: Operand) -> int:
    """The size of an operand, in bits."""
    if isinstance(operand, Reg):
        return operand.width
    return operand.size * 8 if isinstance(operand, Mem) else 64


def sources(machine: Machine, instruction: Instruction) -> tuple[Sum, Sum]:
    """The last two operands, read in the operation's width."""
    width = width_of(instruction)
    left, right = instruction.operands[-2:]
    return machine.read(left, width), machine.read(right, width)


def unsigned_top(machine: Machine, value: Sum, width: int) -> int:
    low, high = machine.atoms.static_range(value)
    return min(high, (1 << width) - 1) if low >= 0 else (1 << width) - 1


def result(machine: Machine, instruction: Instruction, value: Sum) -> None:
    """Writes what an operation gives; zero and sign flags are its."""
    width = width_of(instruction)
    value = machine.low_bits(value, width)
    machine.write(instruction.operands[0], value)
    machine.flags = Comparison(value, number(0), width, False)


def bits_flags(machine: Machine, instruction: Instruction, value: Sum) -> None:
    """Flags of an operation that clears carry and overflow: those of a comparison with 0."""
    machine.flags = Comparison(value, number(0), width_of(instruction), True)


def unknown(machine: Machine, instruction: Instruction) -> None:
    write_unknown(machine, instruction)
    machine.flags = None


def leave_flags(machine: Machine, instruction: Instruction) -> None:
    write_unknown(machine, instruction)


def write_unknown(machine: Machine, instruction: Instruction) -> None:
    """New values for all that is written; general registers of 32 bits are zero-extended."""
    for position, operand in enumerate(instruction.operands):
        if "w" in instruction.access[position]:
            width = operand_width(operand)
            range_ = width_range(width if width <= 64 else 64)
            machine.write(operand, machine.made(f"operand{position}", range_))
    for register in instruction.writes:
        machine.registers[register] = machine.made(f"implicit{register}", width_range(64))
