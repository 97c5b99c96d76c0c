"""The audit's look at locals on the native stack: few bytes, and no use but accesses inside them."""

from __future__ import annotations

from collections.abc import Iterator

from passes.analysis.values import Values
from passes.audit_flow import ArenaFlow
from passes.intrinsics import LIFETIME, base_name
from passes.ir.instruction import Instruction
from passes.protect import Protection


def check_locals(flow: ArenaFlow, protection: Protection) -> Iterator[str]:
    """What breaks a rule among the locals that one function left on the native stack."""
    if sum(flow.locals.values()) > protection.most_native:
        yield f"{sum(flow.locals.values())} bytes of locals on the native stack"
    for name in flow.locals if protection.mode.zeroed else ():
        if not _is_cleared(name, flow.locals[name], flow.values):
            yield f"{name} is not cleared"
    inside = {
        (id(access.instruction), access.pointer.text)
        for found in flow.accesses.values()
        for access in found
        if flow.forms.of(access.pointer).base in flow.locals
        and flow.in_object(access, {})
        and not access.is_of_entry
    }
    for name in flow.locals:
        yield from _check_local(name, flow.values, inside)


def native_locals(values: Values) -> dict[str, int]:
    """Allocas and their sizes; one of unknown size counts as more than any limit."""
    sizes = {}
    for name, alloca in values.definitions.items():
        if alloca.opcode == "alloca":
            assert alloca.source is not None
            count = alloca.operands[0].integer if alloca.operands else 1
            sizes[name] = 1 << 62 if count is None else count * alloca.source.alloc_size
    return sizes


def _is_cleared(name: str, size: int, values: Values) -> bool:
    """Whether the instruction after the alloca clears all of it."""
    place = values.places[name]
    return any(
        (at.block, at.index) == (place.block, place.index + 1)
        and user.opcode == "call"
        and base_name(user.callee) == "llvm.memset.inline"
        and [a.integer for a in user.arguments[1:3]] == [0, size]
        for at, user in values.users.get(name, ())
    )


def _check_local(name: str, values: Values, inside: set[tuple[int, str]]) -> Iterator[str]:
    """Uses of a local on the native stack that are not accesses inside it."""
    for pointer, user in _uses(name, values):
        if not _stays(pointer, user, inside):
            yield f"{name}: `{' '.join(user.tokens)}` may leave it"


def _uses(name: str, values: Values) -> Iterator[tuple[str, Instruction]]:
    """Every use of the local, or of an address computed from it, that is not such a computation itself."""
    pending = [name]
    while pending:
        pointer = pending.pop()
        users = [user for _, user in values.users.get(pointer, [])]
        pending += [user.name for user in users if _is_derived(pointer, user)]
        yield from ((pointer, user) for user in users if not _is_derived(pointer, user))


def _is_derived(pointer: str, user: Instruction) -> bool:
    """Whether `user` computes another address from `pointer`, and uses it for nothing else."""
    is_address = user.opcode == "getelementptr" and user.operands[0].text == pointer
    return is_address and _mentions(pointer, user) == 1


def _stays(pointer: str, user: Instruction, inside: set[tuple[int, str]]) -> bool:
    """Whether `user` marks a lifetime, or accesses the local and does not let its address out."""
    if user.opcode == "call" and base_name(user.callee) in LIFETIME:
        return True
    return (id(user), pointer) in inside and _mentions(pointer, user) == 1


def _mentions(pointer: str, user: Instruction) -> int:
    return sum(pointer in operand.names() for operand in user.operands)
