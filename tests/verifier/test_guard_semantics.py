"""What the guard rule takes instructions to do is what a processor does, in random pieces of code."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest
from unicorn import UC_ARCH_X86, UC_MODE_64, Uc
from unicorn import x86_const as x86

from fpcc.verifier.guard_atoms import STACK, Atoms
from fpcc.verifier.guard_conditions import INVERSE, Comparison, Operands, consequences
from fpcc.verifier.guard_intervals import EVERYTHING
from fpcc.verifier.guard_machine import Machine
from fpcc.verifier.guard_semantics import execute
from fpcc.verifier.guard_sums import of_atom
from fpcc.verifier.model import RSP, Instruction
from tests.verifier.guard_programs import SLOTS, random_pieces
from tests.verifier.guard_valuation import UnknownError, Valuation, contains

SEEDS, PIECES = range(4), 60
_CODE, _STACK = 0x10000, 0x20000
_REGISTERS = [
    getattr(x86, f"UC_X86_REG_{name.upper()}")
    for name in "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()
]
_EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 63, (1 << 64) - 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_and_flags_are_what_the_processor_has(seed: int) -> None:
    chance = random.Random(seed)
    for text, instructions in random_pieces(seed, PIECES):
        _check_piece(chance, text, instructions)


def _check_piece(chance: random.Random, text: bytes, instructions: tuple[Instruction, ...]) -> None:
    processor = _start(chance, text)
    machine = _machine()
    valuation = Valuation(machine.atoms)
    _check_registers(processor, machine, valuation)
    for instruction in instructions[:-1]:
        processor.emu_start(_CODE + instruction.address, _CODE + instruction.end, count=1)
        execute(machine, instruction)
        _check_registers(processor, machine, valuation)
        _check_flags(processor, machine.flags, valuation)


def _start(chance: random.Random, text: bytes) -> Uc:
    processor = Uc(UC_ARCH_X86, UC_MODE_64)
    processor.mem_map(_CODE, 0x1000)
    processor.mem_map(_STACK, 0x2000)
    processor.mem_write(_CODE, text)
    processor.mem_write(_STACK + 0x1000, chance.randbytes(SLOTS))
    for register in _REGISTERS:
        value = chance.choice(_EDGES) if chance.randrange(2) else chance.getrandbits(64)
        processor.reg_write(register, value)
    processor.reg_write(_REGISTERS[RSP], _STACK + 0x1000)
    return processor


def _machine() -> Machine:
    atoms = Atoms()
    registers = [atoms.made(("entry", number), EVERYTHING) for number in range(16)]
    registers[RSP] = of_atom(STACK)
    return Machine(atoms, frozenset(), frozenset(), registers, {}, None)


def _check_registers(processor: Uc, machine: Machine, valuation: Valuation) -> None:
    for number, register in enumerate(_REGISTERS):
        seen = processor.reg_read(register)
        value = machine.registers[number]
        assert valuation.holds(value, seen), f"{machine.at:#x}: register {number} is {seen:#x}, not {value}"


def _check_flags(processor: Uc, comparison: Comparison | None, valuation: Valuation) -> None:
    """The conditions that hold of the flags say nothing wrong of what was compared."""
    if comparison is None:
        return
    try:
        values = valuation.of(comparison.left), valuation.of(comparison.right)
    except UnknownError:
        return
    true = _true_conditions(processor.reg_read(x86.UC_X86_REG_EFLAGS))
    said = [condition for condition in true if comparison.says(condition)]
    for condition, ranges in itertools.product(said, _ranges_around(values, comparison.width)):
        left, right = consequences(condition, Operands(*ranges, comparison.width))
        assert left is None or contains(left, values[0]), (condition, comparison, values, left)
        assert right is None or contains(right, values[1]), (condition, comparison, values, right)


def _ranges_around(values: tuple[int, int], width: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Ranges that hold both values: narrow, wide, and reaching to either end."""
    top = (1 << width) - 1
    left, right = values
    yield (left, left), (right, right)
    yield (0, top), (right, right)
    yield (0, top), (0, top)
    yield (max(0, left - 3), min(top, left + 5)), (max(0, right - 2), min(top, right + 7))
    yield (0, left), (right, top)


def _true_conditions(flags: int) -> list[str]:
    carry, parity, zero, sign, overflow = (flags >> bit & 1 for bit in (0, 2, 6, 7, 11))
    holds = {
        "b": carry,
        "e": zero,
        "be": carry | zero,
        "s": sign,
        "o": overflow,
        "p": parity,
        "l": sign ^ overflow,
        "le": zero | (sign ^ overflow),
    }
    return [name if held else INVERSE[name] for name, held in holds.items()]
