"""The rule "stack": rsp moves by constants, frames are small, functions give back what they were given.

Every access known to go to the native stack stays in the function's own frame, below its return address.
"""

from __future__ import annotations

from collections.abc import Iterator

from fpcc.abi import abi
from fpcc.verifier.elf_file import PAGE
from fpcc.verifier.frame_state import ARGUMENTS_MAX, FrameState
from fpcc.verifier.frame_steps import moves_stack_pointer, step
from fpcc.verifier.frame_values import ALIGNED
from fpcc.verifier.frame_words import WORD
from fpcc.verifier.model import BRANCH, CALL, JUMP, POP, RETURN, RSP, TRAP, Instruction, Mem, Operand
from fpcc.verifier.program import Program, branch_target

RULE = "stack"

_CALL_ALIGNMENT = 16  # of rsp at calls, so that it is 8 more at the return address, where offsets begin
_FRAMES_MAX = 4  # times FP_NATIVE_FRAME_MAX: locals, and what registers and calls take besides


def check_stack(program: Program, instruction: Instruction, state: FrameState) -> Iterator[str]:
    """What an instruction, reached in this state, does against the rule."""
    if _leaves(program, instruction) and not state.is_restored():
        yield "leaves the function, but rsp or a callee-saved register is not what it was on entry"
    if instruction.kind == CALL and not _is_aligned(state):
        yield "calls with rsp no multiple of 16: who is called, the host too, may fault by that"
    if instruction.kind not in (JUMP, RETURN, TRAP) and _is_start(program, instruction.end):
        yield "control falls into the function after this one"
    if instruction.kind == POP and _is_by_stack_pointer(instruction.operands[0]):
        yield "pops into memory by rsp, of which the processor uses the new value and readers the old"
    if moves_stack_pointer(instruction):
        yield from _check_move(program, instruction, state)


def check_native(state: FrameState, offset: int, size: int, writes: bool) -> str:
    """What is wrong with an access to the native stack; "" if nothing is."""
    if state.holds(offset, size):
        return ""
    if not writes and offset >= WORD and offset + size <= WORD + ARGUMENTS_MAX:
        return ""
    return "writes outside the function's own frame" if writes else "reads outside the function's own frame"


def _is_aligned(state: FrameState) -> bool:
    depth = state.depth
    return depth is not None and depth % _CALL_ALIGNMENT == (0 if state.floor else WORD)


def _leaves(program: Program, instruction: Instruction) -> bool:
    if instruction.kind == RETURN:
        return True
    if instruction.kind not in (JUMP, BRANCH):
        return False
    target = branch_target(instruction)
    return target is None or _is_start(program, target)


def _is_start(program: Program, address: int) -> bool:
    return address in program.functions or address in program.stubs


def _is_by_stack_pointer(operand: Operand) -> bool:
    return isinstance(operand, Mem) and operand.base == RSP


def _check_move(program: Program, instruction: Instruction, state: FrameState) -> Iterator[str]:
    after = state.copy()
    step(after, instruction, program.image.tls_slots)
    depth = after.depth
    if depth is None:
        yield "rsp is changed by something other than a constant"
        return
    largest = abi().number("FP_NATIVE_FRAME_MAX")
    top = ALIGNED if after.floor else 0
    if depth > top:
        yield "rsp is raised above the function's own frame"
    if depth < top - _FRAMES_MAX * largest:
        yield f"a frame of more than {_FRAMES_MAX * largest} bytes"
    if after.touched - depth > largest + PAGE:
        yield "rsp is lowered by more than a page beyond what was touched"
