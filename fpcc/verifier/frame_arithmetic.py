"""What instructions that compute leave in a FrameState: which results tell of what others left there."""

from __future__ import annotations

from fpcc.verifier.frame_operands import (
    after_write,
    implicit_width,
    operands_read,
    read_value,
    write_value,
)
from fpcc.verifier.frame_state import ALL_FLAGS, CARRY, FrameState
from fpcc.verifier.frame_values import EVEN, ODD, PLAIN, WHOLE, address, defined_bits, with_bits
from fpcc.verifier.model import Imm, Instruction, Mem, Reg

MASKED_MOVES = ("vmaskmov", "vpmaskmov")

CHOICES = "cmov"
# Each low bit of the result depends on no higher bits of the operands, a count of bits aside.
LOW_BITS = frozenset(
    "add sub and or xor imul neg not inc dec lea cmp test sbb adc shl shlx andn blsr blsmsk blsi bzhi".split()
)
# They set flags by their operands, which are the module's own; shifts only if they shift at all.
_SHIFTS = ("shl", "shr", "sar", "shld", "shrd")
_SET_FLAGS = frozenset(
    "ucomiss ucomisd comiss comisd vucomiss vucomisd vcomiss vcomisd ptest vptest vtestps vtestpd "
    "mul popcnt tzcnt lzcnt bsf bsr bextr "
    "cmpxchg cmpxchg8b cmpxchg16b xadd".split()
)
_SET_CARRY = ("bt", "bts", "btr", "btc", "clc", "stc")
_KEEP_CARRY = ("inc", "dec")
_SET_NO_FLAGS = ("not", "shlx")
_FROM_NOTHING = ("xor", "sub", "sbb")  # of a register with itself: what was in it does not matter


def compute(state: FrameState, instruction: Instruction) -> None:
    """Arithmetic whose low bits depend on low bits only: of what was left, the result tells in the others."""
    target = instruction.operands[0]
    offset = None
    if instruction.mnemonic == "lea":
        memory = instruction.operands[1]
        assert isinstance(memory, Mem)
        offset = state.native_offset(memory)
        bits = min(
            [defined_bits(state.registers[n]) for n in (memory.base, memory.index) if n >= 0] or [WHOLE]
        )
    else:
        used = (operand for operand, is_count in operands_read(instruction) if not is_count)
        bits = min(defined_bits(read_value(state, operand)) for operand in used)
        bits = WHOLE if _masks(instruction, bits) else bits
        state.flags_left = _flags_left(state, instruction, bits)
        bits += _zeros(instruction)
    is_written = "w" in instruction.access[0] and not clears(instruction)
    if offset is not None:
        write_value(state, target, address(offset))
    elif is_written and bits < WHOLE:
        write_value(state, target, with_bits(bits))
    elif is_written and isinstance(target, Reg):
        write_value(state, target, _lowest_bit(state, instruction))
    else:
        write_results(state, instruction)


def _zeros(instruction: Instruction) -> int:
    """How many zeros are certain to be shifted in from below."""
    count = instruction.operands[-1]
    if instruction.mnemonic != "shl" or not isinstance(count, Imm):
        return 0
    return count.value % max(implicit_width(instruction), 32)


def _flags_left(state: FrameState, instruction: Instruction, bits: int) -> int:
    """Which flags tell of what was left, once it has computed with so many bits of the module's own."""
    if instruction.mnemonic in _SET_NO_FLAGS:
        return state.flags_left
    if bits < implicit_width(instruction) and not clears(instruction):
        return ALL_FLAGS
    if instruction.mnemonic in _SHIFTS:
        return state.flags_left & ~_flags_set(instruction)
    return state.flags_left & CARRY if instruction.mnemonic in _KEEP_CARRY else 0


def _masks(instruction: Instruction, bits: int) -> bool:
    """True if it keeps no more than so many low bits: the others of the result are zero."""
    mask = instruction.operands[-1]
    if instruction.mnemonic not in ("and", "test"):
        return False
    return isinstance(mask, Imm) and 0 <= mask.value < 1 << bits


def _lowest_bit(state: FrameState, instruction: Instruction) -> int:
    """PLAIN, or ODD or EVEN if the result of arithmetic is known to be."""
    match instruction.mnemonic, instruction.operands:
        case "or", (_, Imm(value)) if value & 1:
            return ODD
        case "and", (_, Imm(value)) if not value & 1:
            return EVEN
        case "add", (Reg(number), Imm(value)) if value & 1 and state.registers[number] == EVEN:
            return ODD
        case "inc", (Reg(number),) if state.registers[number] == EVEN:
            return ODD
        case "lea", (_, Mem(base=base, index=-1, disp=disp)) if base >= 0 and disp & 1:
            return ODD if state.registers[base] == EVEN else PLAIN
    return PLAIN


def write_results(state: FrameState, instruction: Instruction) -> None:
    """Every other instruction makes plain data of what it writes."""
    certain = not instruction.mnemonic.startswith(MASKED_MOVES)
    state.flags_left &= ~_flags_set(instruction)
    for operand, access in zip(instruction.operands, instruction.access, strict=True):
        if isinstance(operand, Mem) and access == "r":
            read_value(state, operand)
        elif "w" in access and certain:
            write_value(state, operand, PLAIN)
        elif "w" in access and isinstance(operand, Mem):
            _spoil(state, operand)
    for number in instruction.writes:
        implicit = Reg(number, implicit_width(instruction))
        state.registers[number] = after_write(state.registers[number], implicit, PLAIN)


def _flags_set(instruction: Instruction) -> int:
    if instruction.mnemonic not in _SHIFTS:
        return (
            CARRY if instruction.mnemonic in _SET_CARRY else ALL_FLAGS * (instruction.mnemonic in _SET_FLAGS)
        )
    count = instruction.operands[-1]
    is_shift = isinstance(count, Imm) and count.value % max(implicit_width(instruction), 32) != 0
    return ALL_FLAGS if is_shift else 0


def _spoil(state: FrameState, memory: Mem) -> None:
    """Bytes that may have been written: what was there is not known any more."""
    offset = state.native_offset(memory)
    if offset is not None:
        state.forget(offset, offset + memory.size)


def clears(instruction: Instruction) -> bool:
    """True if its result is the same whatever its operands hold."""
    operands = instruction.operands
    return instruction.mnemonic in _FROM_NOTHING and len(operands) == 2 and operands[0] == operands[1]
