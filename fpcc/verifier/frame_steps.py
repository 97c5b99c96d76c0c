"""What one instruction does to a FrameState. The rules look at the state before each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from fpcc.abi import abi
from fpcc.verifier.frame_arithmetic import CHOICES, LOW_BITS, compute, write_results
from fpcc.verifier.frame_operands import read_value, write_value
from fpcc.verifier.frame_state import ALL_BITS, ALL_FLAGS, FrameState
from fpcc.verifier.frame_values import (
    ALIGNED,
    CALLER_SAVED,
    LEFT,
    PLAIN,
    TLS_POINTER,
    TLS_READ_ONLY,
    WHOLE,
    is_address,
    joined,
    offset_of,
)
from fpcc.verifier.frame_vectors import spill, step_vectors
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.model import POP, PUSH, RAX, RDX, RIP, RSP, Imm, Instruction, Mem, Reg

_ALIGNMENT_MAX = 4096


class Returned(NamedTuple):
    """What is known of the registers that results are in."""

    rax: int = PLAIN
    rdx: int = PLAIN
    xmm0: int = ALL_BITS
    xmm1: int = ALL_BITS

    def joined(self, other: Returned) -> Returned:
        """What is known if either was returned."""
        vectors = min(self.xmm0, other.xmm0), min(self.xmm1, other.xmm1)
        return Returned(joined(self.rax, other.rax), joined(self.rdx, other.rdx), *vectors)


TlsSlots = Mapping[int, str]


def step(state: FrameState, instruction: Instruction, tls_slots: TlsSlots) -> None:
    """Applies anything but a branch, call or return."""
    step_vectors(state, instruction)
    handler = _KINDS.get(instruction.kind)
    if handler is not None:
        handler(state, instruction)
    elif writes_stack_pointer(instruction):
        _move_stack_pointer(state, instruction)
    elif instruction.mnemonic == "mov":
        _copy(state, instruction, tls_slots)
    elif instruction.mnemonic.startswith(CHOICES):
        _choose(state, instruction)
    elif instruction.mnemonic in LOW_BITS:
        compute(state, instruction)
    else:
        write_results(state, instruction)
        spill(state, instruction)


def apply_call(state: FrameState, returned: Returned) -> None:
    """Applies a call that leaves this in the registers results are in."""
    depth = state.depth
    assert depth is not None
    state.touched = min(state.touched, depth - WORD)
    state.forget_below(depth)
    for number in CALLER_SAVED:
        state.registers[number] = LEFT
    state.registers[RAX], state.registers[RDX] = returned.rax, returned.rdx
    state.vectors[:] = [returned.xmm0, returned.xmm1, *[0] * 14]
    state.flags_left = ALL_FLAGS


def _push(state: FrameState, instruction: Instruction) -> None:
    value = read_value(state, instruction.operands[0])
    depth = state.depth
    assert depth is not None
    state.move_to(depth - WORD)
    state.store(depth - WORD, WORD, value)


def _pop(state: FrameState, instruction: Instruction) -> None:
    depth = state.depth
    assert depth is not None
    _, value = state.load(depth, WORD)
    state.move_to(depth + WORD)
    if writes_stack_pointer(instruction):
        value = PLAIN
    write_value(state, instruction.operands[0], value)


_KINDS: dict[str, Callable[[FrameState, Instruction], None]] = {PUSH: _push, POP: _pop}


def moves_stack_pointer(instruction: Instruction) -> bool:
    """True if rsp is another one after it, calls and returns aside."""
    return instruction.kind in _KINDS or writes_stack_pointer(instruction)


def writes_stack_pointer(instruction: Instruction) -> bool:
    """True if rsp, or a part of it, is an operand it writes."""
    if RSP in instruction.writes:
        return True
    for operand, access in zip(instruction.operands, instruction.access, strict=True):
        if "w" in access and isinstance(operand, Reg) and operand.number == RSP and not operand.high:
            return True
    return False


def _move_stack_pointer(state: FrameState, instruction: Instruction) -> None:
    """Follows rsp through constants; anything else loses it."""
    if _rounds_down(state, instruction):
        return
    depth = _new_depth(state, instruction)
    if depth is None or (depth <= ALIGNED and not state.floor):
        write_results(state, instruction)
        state.registers[RSP] = PLAIN
    else:
        state.move_to(depth)


def _new_depth(state: FrameState, instruction: Instruction) -> int | None:
    target, *sources = instruction.operands
    depth = state.depth
    if len(sources) != 1 or not isinstance(target, Reg) or target.width != WHOLE or depth is None:
        return None
    match instruction.mnemonic, sources[0]:
        case "sub", Imm(value):
            return depth - value
        case "add", Imm(value):
            return depth + value
        case "mov", Reg(number) if is_address(state.registers[number]):
            return offset_of(state.registers[number])
        case "lea", Mem() as memory:
            return state.native_offset(memory)
    return None


def _rounds_down(state: FrameState, instruction: Instruction) -> bool:
    """True if this was an `and` that rounds rsp down, and it was done: once, by a power of two."""
    match instruction.mnemonic, instruction.operands:
        case "and", (Reg(_, 64), Imm(value)) if not state.rounded and state.depth:
            alignment = -value
            if WORD < alignment <= _ALIGNMENT_MAX and not alignment & (alignment - 1):
                state.round_down(alignment)
                return True
    return False


def _copy(state: FrameState, instruction: Instruction, tls_slots: TlsSlots) -> None:
    target, source = instruction.operands
    if isinstance(source, Mem) and source.base == RIP:
        write_value(state, target, _tls_value(instruction, source, tls_slots))
    else:
        write_value(state, target, read_value(state, source))


def _choose(state: FrameState, instruction: Instruction) -> None:
    """One of both is in the target: by flags, at which the rules have looked."""
    target, source = instruction.operands
    write_value(state, target, joined(read_value(state, target), read_value(state, source)))


def _tls_value(instruction: Instruction, memory: Mem, tls_slots: TlsSlots) -> int:
    name = tls_slots.get(instruction.end + memory.disp)
    if name is None or memory.size != WORD or memory.segment:
        return PLAIN
    return TLS_POINTER if name == abi().text("FP_SYM_STACK_POINTER") else TLS_READ_ONLY
