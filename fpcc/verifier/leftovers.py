"""Of the rule "memory", in `rw`: what the host leaves in registers and on the native stack is not looked at.

To move a whole register or word that was left there is no look at it: saving registers does. Nor is moving a
part of it, or arithmetic on it, with a byte that the module did put there: unoptimised code spills a byte
with what is above it, and counts in the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from fpcc.verifier.frame_arithmetic import CHOICES, LOW_BITS, clears
from fpcc.verifier.frame_operands import bits_read, implicit_width, operands_read
from fpcc.verifier.frame_state import ALL_FLAGS, CARRY, OTHER_FLAGS, FrameState
from fpcc.verifier.frame_values import ODD, WHOLE, defined_bits
from fpcc.verifier.frame_vectors import is_copy, vectors_needed
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.model import (
    BRANCH,
    CALL,
    NOP,
    POP,
    PUSH,
    RCX,
    TRAP,
    Imm,
    Instruction,
    Mem,
    Operand,
    Reg,
    register_name,
)

_BY_CARRY = ("adc", "sbb", "rcl", "rcr", "cmc", "adcx")
_FLAGS_OF = {"b": CARRY, "ae": CARRY, "a": ALL_FLAGS, "be": ALL_FLAGS}  # others: not the carry
_BY_COUNT = ("rol", "ror", "rcl", "rcr", "shl", "shr", "sar", "shld", "shrd")  # read cl
_EXTENDED = {"cbw": 8, "cwde": 16, "cdqe": 32, "cwd": 16, "cdq": 32}  # bits of rax they read


def check_leftovers(instruction: Instruction, state: FrameState) -> Iterator[str]:
    """What an instruction, reached in this state, would see that the module did not put there."""
    if state.flags_left & _flags_read(instruction):
        yield "depends on flags from what the module did not put there"
    if instruction.kind in (NOP, TRAP, CALL) or clears(instruction):
        return
    yield from _check_vectors(instruction, state)
    only_moves = _moves(instruction, state) or _keeps_apart(instruction, state)
    yield from _check_registers(instruction, state, only_moves)
    if instruction.mnemonic == "lea":
        return
    for operand in instruction.operands:
        if isinstance(operand, Mem):
            yield from _check_address(operand, state)
    for memory, access in instruction.memory():
        offset = state.native_offset(memory)
        if offset is not None and offset < 0 and "r" in access:
            yield from _check_load(state, (offset, memory.size), only_moves)


def _check_vectors(instruction: Instruction, state: FrameState) -> Iterator[str]:
    target = instruction.operands[0] if instruction.operands else None
    is_spill = target is not None and _is_of_frame(target, state)
    register = "" if is_spill else vectors_needed(state, instruction)
    if register:
        yield f"reads {register}, which holds what the module did not put there"


def _flags_read(instruction: Instruction) -> int:
    mnemonic = instruction.mnemonic
    if mnemonic in _BY_CARRY:
        return CARRY
    if instruction.kind != BRANCH and not mnemonic.startswith(("set", "cmov")):
        return OTHER_FLAGS if mnemonic == "adox" else 0
    condition = mnemonic.removeprefix("j").removeprefix("set").removeprefix("cmov")
    return _FLAGS_OF.get(condition, OTHER_FLAGS)


def _keeps_apart(instruction: Instruction, state: FrameState) -> bool:
    """True if its result, in a register or the frame, then tells of what was left; see frame_steps.

    Of what it computes with from other memory all is the module's own.
    """
    mnemonic = instruction.mnemonic
    if not (mnemonic in LOW_BITS or mnemonic == "mov" or mnemonic.startswith(CHOICES)):
        return False
    if not all(_is_count(instruction, number) for number in instruction.reads):
        return False
    return all(
        isinstance(operand, Reg | Imm)
        or access == ""
        or (mnemonic in LOW_BITS and (access == "r" or _is_of_frame(operand, state)))
        for operand, access in _used(instruction)
    )


def _is_of_frame(operand: Operand, state: FrameState) -> bool:
    return isinstance(operand, Mem) and state.native_offset(operand) is not None


def _used(instruction: Instruction) -> Iterator[tuple[Operand, str]]:
    return zip(instruction.operands, instruction.access, strict=True)


def _moves(instruction: Instruction, state: FrameState) -> bool:
    """True if it moves a register to another one or to the native stack, or back."""
    if instruction.kind in (PUSH, POP) or is_copy(instruction):
        return True
    return instruction.mnemonic == "mov" and all(
        isinstance(operand, Reg) or _is_of_frame(operand, state) for operand in instruction.operands
    )


def _check_registers(instruction: Instruction, state: FrameState, only_moves: bool) -> Iterator[str]:
    """Of one that only moves what it reads, but for how far."""
    scanned = instruction.operands[-1] if instruction.mnemonic in ("bsf", "bsr") else None
    if isinstance(scanned, Reg) and state.registers[scanned.number] == ODD:
        return  # of zero the result would be what was there before
    for operand, is_count in operands_read(instruction):
        if isinstance(operand, Reg) and (is_count or not only_moves):
            yield from _check_register(state, operand.number, 8 if is_count else bits_read(operand))
    for number in instruction.reads:
        if not only_moves or _is_count(instruction, number):
            yield from _check_register(state, number, _bits_implied(instruction, number))


def _is_count(instruction: Instruction, number: int) -> bool:
    return number == RCX and instruction.mnemonic in _BY_COUNT


def _bits_implied(instruction: Instruction, number: int) -> int:
    """How much it reads of a register that is no operand of it."""
    if _is_count(instruction, number):
        return 8
    return _EXTENDED.get(instruction.mnemonic, implicit_width(instruction))


def _check_address(memory: Mem, state: FrameState) -> Iterator[str]:
    for number in (memory.base, memory.index):
        if number >= 0:
            yield from _check_register(state, number, WHOLE)


def _check_register(state: FrameState, number: int, bits: int) -> Iterator[str]:
    if defined_bits(state.registers[number]) < bits:
        yield f"reads {register_name(number)}, which holds what the module did not put there"


def _check_load(state: FrameState, place: tuple[int, int], only_moves: bool) -> Iterator[str]:
    complete, value = state.load(*place)
    least_known = WHOLE if not only_moves else 0 if place[1] >= WORD else 8
    if not complete:
        yield "reads bytes of the native stack that were not written on every path"
    elif defined_bits(value) < least_known:
        yield "reads from the native stack what the module did not put there"
