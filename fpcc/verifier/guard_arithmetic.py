"""What arithmetic does to the machine's state: additions and products as sums, flags as comparisons."""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import width_range
from fpcc.verifier.guard_machine import Machine
from fpcc.verifier.guard_operands import Rule, result, sources, unsigned_top, width_of
from fpcc.verifier.guard_sums import number
from fpcc.verifier.model import RDX, Instruction


def _compare(machine: Machine, instruction: Instruction) -> None:
    machine.flags = Comparison(*sources(machine, instruction), width_of(instruction), True)


def _subtract(machine: Machine, instruction: Instruction) -> None:
    left, right = sources(machine, instruction)
    width = width_of(instruction)
    is_cleared = instruction.operands[0] == instruction.operands[1]
    value = number(0) if is_cleared else machine.low_bits(left.plus(right, -1), width)
    machine.write(instruction.operands[0], value)
    machine.flags = Comparison(left, right, width, True)


def _add(machine: Machine, instruction: Instruction) -> None:
    left, right = sources(machine, instruction)
    result(machine, instruction, left.plus(right))


def _add_with_carry(machine: Machine, instruction: Instruction) -> None:
    left, right = sources(machine, instruction)
    sign = 1 if instruction.mnemonic == "adc" else -1
    value = left.plus(right, sign).plus(machine.made("carry", (0, 1)), sign)
    result(machine, instruction, value)


def _step(distance: int) -> Rule:
    def rule(machine: Machine, instruction: Instruction) -> None:
        value = machine.read(instruction.operands[0], width_of(instruction))
        result(machine, instruction, value.shifted(distance))

    return rule


def _negate(machine: Machine, instruction: Instruction) -> None:
    result(machine, instruction, machine.read(instruction.operands[0], width_of(instruction)).times(-1))


def _invert(machine: Machine, instruction: Instruction) -> None:
    width = width_of(instruction)
    value = machine.read(instruction.operands[0], width).times(-1).shifted(-1)
    machine.write(instruction.operands[0], machine.low_bits(value, width))


def _multiply(machine: Machine, instruction: Instruction) -> None:
    if len(instruction.operands) == 1:
        _divide_or_multiply(machine, instruction)
        return
    left, right = sources(machine, instruction)
    product = machine.atoms.product(left, right)
    if product is None:
        product = machine.made("product", width_range(64))
    value = machine.low_bits(product, width_of(instruction))
    machine.write(instruction.operands[0], value)
    machine.flags = None


def _divide_or_multiply(machine: Machine, instruction: Instruction) -> None:
    """The one-operand forms: what they write of rax and rdx is zero-extended."""
    width = width_of(instruction)
    ranges = dict.fromkeys(instruction.writes, width_range(64 if width < 32 else width))
    if instruction.mnemonic == "div" and width >= 32:
        top = unsigned_top(machine, machine.read(instruction.operands[0], width), width)
        ranges[RDX] = (0, max(0, top - 1))
    for register, range_ in ranges.items():
        machine.registers[register] = machine.made(f"product{register}", range_)
    machine.flags = None


ARITHMETIC: Mapping[str, Rule] = {
    "cmp": _compare,
    "sub": _subtract,
    "add": _add,
    "adc": _add_with_carry,
    "sbb": _add_with_carry,
    "inc": _step(1),
    "dec": _step(-1),
    "neg": _negate,
    "not": _invert,
    "imul": _multiply,
    **dict.fromkeys(("mul", "div", "idiv"), _divide_or_multiply),
}
