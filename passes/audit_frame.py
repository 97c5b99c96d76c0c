"""The audit's look at the module stack: frames are taken and checked as stack.py does it, or not at all.

What a function may rely on, and must leave as it was: the host's stack pointer lies in the module stack, the
limit is its lowest byte, and only a checked frame or the caller's value is stored to the stack pointer.
"""

from __future__ import annotations

from collections.abc import Iterator

from passes.analysis.linear import LinearForms
from passes.analysis.values import Values
from passes.intrinsics import base_name
from passes.ir.instruction import Instruction
from passes.ir.module import Function
from passes.stack import FRAME_ALIGN, StackNames

_CALLER, _LOWERED, _FRAME, _LIMIT, _EXHAUSTED = (
    f"%fp.{name}" for name in ("caller", "lowered", "frame", "limit", "exhausted")
)
_OVERFLOW, _FRAMED = "%fp.overflow", "%fp.framed"


def checked_frame(function: Function, values: Values, stack: StackNames) -> int:
    """Bytes of the function's frame, all of them in the module stack once it is checked; else 0."""
    lowered = values.definitions.get(_LOWERED)
    if lowered is None or lowered.opcode != "getelementptr" or lowered.source is None:
        return 0
    form = LinearForms(values).of(lowered.operands[0]).plus(LinearForms(values).of(lowered.operands[1]))
    is_sound = (
        lowered.source.alloc_size == 1
        and len(lowered.operands) == 2
        and form.key == (_CALLER, ())
        and -form.offset <= stack.size + FRAME_ALIGN  # so that it cannot wrap around
        and _is_load(values, _CALLER, stack.pointer)
        and _is_load(values, _LIMIT, stack.limit)
        and _is_below(values.definitions.get(_FRAME))
        and _is_checked(function, values)
    )
    return max(0, -form.offset) if is_sound else 0


def check_stack_variables(function: Function, values: Values, stack: StackNames) -> Iterator[str]:
    """Stores to the stack pointer but of the checked frame and the caller's value, and any to the limit."""
    names = {f"@{stack.pointer}", f"@{stack.limit}"}
    allowed = {_FRAME} if checked_frame(function, values, stack) else set()
    allowed |= {_CALLER} if _is_load(values, _CALLER, stack.pointer) else set()
    for instruction in function.instructions:
        used = {n for o in instruction.operands for n in o.names()} & names
        if not used or instruction.opcode == "load":
            continue
        is_store = instruction.opcode == "store" and instruction.operands[1].text == f"@{stack.pointer}"
        if not is_store or instruction.operands[0].text not in allowed:
            yield f"{' '.join(instruction.tokens)}: touches the host's stack variables"


def _is_load(values: Values, name: str, variable: str) -> bool:
    load = values.definitions.get(name)
    return load is not None and load.opcode == "load" and load.operands[0].text == f"@{variable}"


def _is_below(frame: Instruction | None) -> bool:
    """Whether the frame is the lowered pointer, or that with bits cleared."""
    if frame is None or not frame.operands or frame.operands[0].text != _LOWERED:
        return False
    return frame.opcode == "freeze" or (frame.opcode == "call" and base_name(frame.callee) == "llvm.ptrmask")


def _is_checked(function: Function, values: Values) -> bool:
    """Whether the entry block goes on only with a frame not below the limit, and does not use it before."""
    entry, compare = function.blocks[0], values.definitions.get(_EXHAUSTED)
    if compare is None or [compare.predicate, *(o.text for o in compare.operands)] != ["ult", _FRAME, _LIMIT]:
        return False
    branch = entry.terminator
    if branch.opcode != "br" or [o.text for o in branch.operands] != [_EXHAUSTED]:
        return False
    blocks = {block.label: block for block in function.blocks}
    early = [user for place, user in values.users[_FRAME] if place.block in (entry.label, _OVERFLOW)]
    ends = blocks[branch.labels[0]].terminator.opcode == "unreachable"
    return branch.labels == (_OVERFLOW, _FRAMED) and ends and early == [compare]
