"""The audit's look at the module stack: frames are taken and checked as stack.py does it, or not at all.

What a function may rely on, and must leave as it was: the host's stack pointer lies in the module stack, the
limit is its lowest byte, and only a checked frame or the caller's value is stored to the stack pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from passes.analysis.linear import LinearForms
from passes.analysis.values import Values
from passes.intrinsics import base_name
from passes.ir.instruction import Instruction
from passes.ir.module import Function
from passes.stack import FRAME_ALIGN, StackNames

_CALLER, _LOWERED, _FRAME = (f"%fp.{name}" for name in ("caller", "lowered", "frame"))
_LIMIT, _LOW, _ADDRESS, _DISTANCE, _OUTSIDE = (
    f"%fp.frame.{name}" for name in ("limit", "low", "address", "distance", "outside")
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
        and values.is_load_of(_CALLER, stack.pointer)
        and values.is_load_of(_LIMIT, stack.limit)
        and _is_below(values.definitions.get(_FRAME))
        and _is_checked(function, values, stack.size)
    )
    return max(0, -form.offset) if is_sound else 0


def check_host_variables(
    function: Function, values: Values, stack: StackNames, others: Set[str]
) -> Iterator[str]:
    """Stores to the stack pointer but of the checked frame and the caller's value, and any to the others."""
    names = others | {f"@{stack.pointer}"}
    allowed = {_FRAME} if checked_frame(function, values, stack) else set()
    allowed |= {_CALLER} if values.is_load_of(_CALLER, stack.pointer) else set()
    for instruction in function.instructions:
        used = {n for o in instruction.operands for n in o.names()} & names
        if not used or instruction.opcode == "load":
            continue
        is_store = instruction.opcode == "store" and instruction.operands[1].text == f"@{stack.pointer}"
        if not is_store or instruction.operands[0].text not in allowed:
            yield f"{' '.join(instruction.tokens)}: touches the host's variables"


def _is_below(frame: Instruction | None) -> bool:
    """Whether the frame is the lowered pointer, or that with bits cleared."""
    if frame is None or not frame.operands or frame.operands[0].text != _LOWERED:
        return False
    return frame.opcode == "freeze" or (frame.opcode == "call" and base_name(frame.callee) == "llvm.ptrmask")


def _is_checked(function: Function, values: Values, size: int) -> bool:
    """Whether the entry block goes on only with a frame in the module stack, and does not use it before."""
    entry = function.blocks[0]
    checks = {
        _LOW: ("ptrtoint", [_LIMIT]),
        _ADDRESS: ("ptrtoint", [_FRAME]),
        _DISTANCE: ("sub", [_ADDRESS, _LOW]),
    }
    compare = values.definitions.get(_OUTSIDE)
    if compare is None or compare.operands[0].text != _DISTANCE:
        return False
    limit = compare.operands[1].integer
    is_check = compare.predicate == "ugt" and limit is not None and limit <= size
    if not is_check and (compare.predicate, limit) != ("uge", 0):  # that one never lets it fit
        return False
    if not all(_is_made(values, name, *how) for name, how in checks.items()):
        return False
    branch = entry.terminator
    if branch.opcode != "br" or [o.text for o in branch.operands] != [_OUTSIDE]:
        return False
    blocks = {block.label: block for block in function.blocks}
    early = [user.name for place, user in values.users[_FRAME] if place.block in (entry.label, _OVERFLOW)]
    ends = blocks[branch.labels[0]].terminator.opcode == "unreachable"
    return branch.labels == (_OVERFLOW, _FRAMED) and ends and early == [_ADDRESS]


def _is_made(values: Values, name: str, opcode: str, operands: list[str]) -> bool:
    definition = values.definitions.get(name)
    return (
        definition is not None
        and definition.opcode == opcode
        and [operand.text for operand in definition.operands] == operands
    )
