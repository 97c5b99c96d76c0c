"""What moves do to the machine's state: copies, extensions, addresses, choices, push and pop."""

from __future__ import annotations

from collections.abc import Mapping

from fpcc.verifier.guard_atoms import SIGN_EXTEND, Choice, Derivation
from fpcc.verifier.guard_conditions import condition_of
from fpcc.verifier.guard_intervals import Interval, width_range
from fpcc.verifier.guard_machine import Machine
from fpcc.verifier.guard_operands import Rule, operand_width, sources, width_of
from fpcc.verifier.guard_sums import Sum
from fpcc.verifier.model import NO_REGISTER, RSP, Instruction, Mem, Operand, Reg

_WORD = 8
_TOP = Mem(RSP, NO_REGISTER, 1, 0, "", False, _WORD)


def _move(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    machine.write(target, machine.read(source, operand_width(target)))


def _move_zero_extended(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    machine.write(target, machine.read(source, operand_width(source)))


def _move_sign_extended(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    width = operand_width(source)
    _extend_sign(machine, target, machine.read(source, width), width)


def _extend_sign(machine: Machine, target: Operand, value: Sum, width: int) -> None:
    low, high = machine.atoms.static_range(value)
    if low < 0 or high >= 1 << (width - 1):
        half = 1 << (width - 1)
        value = machine.derived(Derivation(SIGN_EXTEND, (value,), width), (-half, half - 1))
    machine.write(target, machine.low_bits(value, operand_width(target)))


def _extend_accumulator(width: int) -> Rule:
    def rule(machine: Machine, instruction: Instruction) -> None:
        value = machine.low_bits(machine.registers[0], width)
        _extend_sign(machine, Reg(0, 2 * width), value, width)

    return rule


def _load_address(machine: Machine, instruction: Instruction) -> None:
    target, source = instruction.operands
    assert isinstance(source, Mem)
    machine.write(target, machine.low_bits(machine.address(source), operand_width(target)))


def _exchange(machine: Machine, instruction: Instruction) -> None:
    width = width_of(instruction)
    values = [machine.read(operand, width) for operand in instruction.operands]
    for operand, value in zip(instruction.operands, reversed(values), strict=True):
        machine.write(operand, value)


def set_by_condition(machine: Machine, instruction: Instruction) -> None:
    machine.write(instruction.operands[0], machine.made("set", (0, 1)))


def select_by_condition(machine: Machine, instruction: Instruction) -> None:
    """A conditional move: one of two values, the first if the condition does not hold."""
    width = width_of(instruction)
    old, new = sources(machine, instruction)
    ranges = [machine.atoms.static_range(value) for value in (old, new)]
    condition = condition_of(instruction.mnemonic)
    known: Interval = width_range(width)
    if all(low >= 0 for low, _ in ranges):
        known = min(r[0] for r in ranges), max(r[1] for r in ranges)
    choice = Choice((old, new), machine.flags, condition)
    value = machine.atoms.selected((machine.at, "select", known), choice, known)
    machine.write(instruction.operands[0], value)


def push(machine: Machine, instruction: Instruction) -> None:
    value = machine.read(instruction.operands[0], 64)
    machine.registers[RSP] = machine.registers[RSP].shifted(-_WORD)
    machine.write(_TOP, value)


def pop(machine: Machine, instruction: Instruction) -> None:
    value = machine.read(_TOP, 64)
    machine.registers[RSP] = machine.registers[RSP].shifted(_WORD)
    machine.write(instruction.operands[0], value)


MOVES: Mapping[str, Rule] = {
    "mov": _move,
    "movzx": _move_zero_extended,
    **dict.fromkeys(("movsx", "movsxd"), _move_sign_extended),
    "cbw": _extend_accumulator(8),
    "cwde": _extend_accumulator(16),
    "cdqe": _extend_accumulator(32),
    "lea": _load_address,
    "xchg": _exchange,
}
