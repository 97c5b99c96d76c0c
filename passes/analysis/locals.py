"""Which locals stay on the native stack, and which move to the module stack.

One decision for both questions (DESIGN.md, 4.2): a local stays only if every use of it is an access proved
to lie inside it, so no access to a local that stays needs a guard and every other local can be guarded.
"""

from __future__ import annotations

from dataclasses import dataclass

from passes.analysis.accesses import collect_accesses
from passes.analysis.linear import LinearForms
from passes.analysis.values import Values
from passes.intrinsics import LIFETIME, base_name
from passes.ir.instruction import Instruction
from passes.ir.module import Function

NATIVE_ALIGN = 16  # of the stack pointer at calls (psABI 3.2.2); functions do not align it further


@dataclass(frozen=True, slots=True)
class Local:
    """An alloca: `size` bytes, -1 if not known before run time; `moves` says why it moves, "" if it stays."""

    name: str
    size: int
    align: int
    moves: str


@dataclass(frozen=True, slots=True)
class NativeLimits:
    """What a native frame may keep, in bytes: all locals (-1: none, ever), one local; are they cleared on
    entry?"""

    frame: int
    local: int
    cleared: bool = False


def split_locals(
    function: Function, values: Values, forms: LinearForms, limits: NativeLimits
) -> dict[str, Local]:
    """Every alloca of `function` by name; those that stay keep within `limits`."""
    allocas = {i.name: i for b in function.blocks for i in b.instructions if i.opcode == "alloca"}
    if not allocas:
        return {}
    sizes = {name: _static_size(i, function.blocks[0].instructions) for name, i in allocas.items()}
    proved = _proved_uses(function, forms, sizes)
    found = {}
    budget = limits.frame
    for name, alloca in sorted(allocas.items(), key=lambda item: sizes[item[0]]):
        reason = _reason_to_move(name, sizes[name], values, proved)
        if not reason and limits.frame < 0:
            reason = "the lowering keeps no local on the native stack"
        if not reason and _alignment(alloca) > NATIVE_ALIGN:
            reason = f"the native stack is aligned to {NATIVE_ALIGN} bytes"
        if not reason and sizes[name] > min(budget, limits.local):
            reason = f"native frames hold at most {limits.frame} bytes of locals, {limits.local} of one"
        if not reason:
            budget -= sizes[name]
        found[name] = Local(name, sizes[name], _alignment(alloca), reason)
    return found


def _static_size(alloca: Instruction, entry: list[Instruction]) -> int:
    assert alloca.source is not None
    count = alloca.operands[0].integer if alloca.operands else 1
    if count is None or not any(i is alloca for i in entry):
        return -1
    return count * alloca.source.alloc_size


def _alignment(alloca: Instruction) -> int:
    assert alloca.source is not None
    tokens = alloca.tokens
    stated = int(tokens[tokens.index("align") + 1]) if "align" in tokens else 1
    return max(stated, alloca.source.align)


def _proved_uses(function: Function, forms: LinearForms, sizes: dict[str, int]) -> set[tuple[int, str]]:
    """(instruction identity, pointer text) of accesses that surely lie inside the local they are based on.

    Not those of the processor's bounds table, which has entries for the arena only. Only those at constant
    offsets: whoever reads the machine code must see what of a native frame they touch.
    """
    proved = set()
    for access in collect_accesses(function):
        form = forms.of(access.pointer)
        is_constant = access.size > 0 and not form.terms and not access.is_of_entry
        if is_constant and 0 <= form.offset <= sizes.get(form.base, -1) - access.size:
            proved.add((id(access.instruction), access.pointer.text))
    return proved


def _reason_to_move(name: str, size: int, values: Values, proved: set[tuple[int, str]]) -> str:
    if size < 0:
        return "its size is not known before run time"
    pending, seen = [name], {name}
    while pending:
        pointer = pending.pop()
        users = [user for _, user in values.users.get(pointer, [])]
        reason = next(filter(None, (_reason_in_use(pointer, user, proved) for user in users)), "")
        if reason:
            return reason
        derived = {user.name for user in users if user.opcode == "getelementptr"} - seen
        seen |= derived
        pending += sorted(derived)
    return ""


def _reason_in_use(pointer: str, user: Instruction, proved: set[tuple[int, str]]) -> str:
    if user.opcode == "getelementptr" and user.operands[0].text == pointer and user.type.kind == "ptr":
        return ""
    if user.opcode == "call" and base_name(user.callee) in LIFETIME:
        return ""
    mentions = sum(pointer in o.names() for o in user.operands)
    if (id(user), pointer) in proved and mentions == 1:
        return ""
    return f"its address is used by `{user.opcode}`, or an access to it cannot be proved in bounds"
