"""The loop rule: a root that advances is checked once, where the loop is entered.

Let every turn of a loop touch memory at an address that moves by a constant from turn to turn. If the first
address is in the arena and no turn moves further than an access may reach (facts.py), the address cannot
leave the arena without a turn touching a byte that is never mapped, which faults. So a check of the first
address suffices, whatever the trip count; no range has to be known, and no check is too wide. The access that
does the touching must reach the machine code as it is: the plan lists it in `touches`.

A root that does not move at all is checked on entry too, and needs no touch; so is the base of a table whose
index is bounded.

The check goes on the loop's entry edge only if the access surely follows it in the first turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from passes.analysis.accesses import MemoryAccess
from passes.analysis.cfg import ControlFlow, Loop
from passes.analysis.extents import near_keys
from passes.analysis.facts import Fact, Facts, Reach
from passes.analysis.linear import Linear, LinearForms
from passes.analysis.plan import FunctionPlan, PlannedGuard, Policy
from passes.analysis.ranges import Range, Ranges
from passes.analysis.values import Values
from passes.ir.operand import Operand


class Walk(Protocol):
    """What the loop rule needs of the planner."""

    plan: FunctionPlan
    policy: Policy
    values: Values
    forms: LinearForms
    flow: ControlFlow
    facts: Facts
    next_guard: int
    accesses: dict[str, list[MemoryAccess]]
    ranges: Ranges
    conditions: dict[str, Range]

    def is_demanded(self, access: MemoryAccess) -> bool: ...
    def reach_from(self, base: str, kind: str) -> Reach: ...
    def find_fact(self, form: Linear, size: int, kind: str) -> Fact | None: ...
    def add_guard(self, guard: PlannedGuard) -> None: ...


@dataclass(frozen=True)
class _Entry:
    """A loop with a single entry edge, and what its header's phis are on each edge."""

    loop: Loop
    source: str
    phis: Mapping[str, Mapping[str, Operand]]  # phi -> predecessor -> value


@dataclass(frozen=True)
class _Span:
    """The bytes an access may touch: `size` of them from `form` on."""

    form: Linear
    size: int


def enter_loop(walk: Walk, loop: Loop) -> None:
    """Adds the facts that hold at the header of `loop`, planning guards on its entry edge for them."""
    sources = [p for p in walk.flow.predecessors[loop.header] if p not in loop.blocks]
    if len(sources) != 1:
        return
    phis = [i for i in walk.flow.blocks[loop.header].instructions if i.opcode == "phi"]
    entry = _Entry(loop, sources[0], {i.name: dict(zip(i.labels, i.operands, strict=True)) for i in phis})
    sure = {id(a) for a in _sure_accesses(walk, loop.header)}
    for access in _candidates(walk, loop):
        form = walk.forms.of(access.pointer)
        if walk.find_fact(form, access.size, access.kind) is None:
            _apply_rules(walk, entry, access, may_guard=id(access) in sure)


def _apply_rules(walk: Walk, entry: _Entry, access: MemoryAccess, *, may_guard: bool) -> None:
    """The rule for the address itself, else for what is left of it without its bounded terms."""
    form = walk.forms.of(access.pointer)
    reach = walk.reach_from(form.base, access.kind)
    for key, low, high in near_keys(form, walk.ranges, walk.conditions, reach):
        span = _Span(Linear(key[0], key[1], low), high - low + access.size)
        if _apply_rule(walk, entry, access, span, may_guard=may_guard):
            return


def _candidates(walk: Walk, loop: Loop) -> list[MemoryAccess]:
    """Accesses each complete turn makes, to addresses of which some access in the loop must be confined."""
    inside = [label for label in walk.flow.order if label in loop.blocks]
    accesses = [a for label in inside for a in walk.accesses.get(label, ())]
    wanted = {walk.forms.of(a.pointer).key for a in accesses if walk.is_demanded(a)}
    every_turn = {b for b in inside if all(walk.flow.dominates(b, latch) for latch in loop.latches)}
    return [
        a
        for a in accesses
        if a.block in every_turn and a.is_certain and a.size and walk.forms.of(a.pointer).key in wanted
    ]


def _sure_accesses(walk: Walk, header: str) -> list[MemoryAccess]:
    """Accesses to be confined that follow for sure once the header is reached: no call comes before them."""
    calls = (
        index
        for index, instruction in enumerate(walk.flow.blocks[header].instructions)
        if instruction.opcode == "call" and not instruction.callee.startswith("@llvm.")
    )
    first_call = next(calls, None)
    accesses = [a for a in walk.accesses.get(header, ()) if walk.is_demanded(a)]
    return [a for a in accesses if first_call is None or a.index < first_call]


def _apply_rule(walk: Walk, entry: _Entry, access: MemoryAccess, span: _Span, *, may_guard: bool) -> bool:
    """Whether the rule applies: then its fact is known and its guard is planned."""
    form = span.form
    first = _on_edge(walk, entry, form, entry.source)
    strides = [_stride(walk, entry, form, latch) for latch in entry.loop.latches]
    if first is None or None in strides:
        return False
    moves = [s for s in strides if s]
    known = walk.find_fact(first, span.size, access.kind)
    if (known is None and not may_guard) or (moves and span.size != access.size):
        return False
    start = known or Fact(first.offset, first.offset, walk.next_guard, "")
    fact = _header_fact(form.offset, first.offset, start, moves)
    reach = walk.reach_from(form.base, "write" if moves else access.kind)  # what follows may rely on it
    if not fact.reaches(form.offset, form.offset + span.size - 1, reach):
        return False
    if known is None:
        place = (entry.source, -1)
        walk.add_guard(
            PlannedGuard(walk.next_guard, *place, access.pointer, first, access, entry.loop.header)
        )
    if moves:
        walk.plan.touches.add(id(access.instruction))
    walk.facts.add(form.key, fact)
    return True


def _header_fact(offset: int, first: int, known: Fact, moves: list[int]) -> Fact:
    """What holds at the header in every turn of an access at key + offset.

    On entry, where the access is at first.key + first, the byte of `known` is proved; after a turn that moved
    by s, the byte touched then is at key + offset - s.
    """
    shift = offset - first
    low = min([known.low + shift, *(offset - s for s in moves)])
    high = max([known.high + shift, *(offset - s for s in moves)])
    return Fact(low, high, known.guard, "advances_by_stride" if moves else known.reason or "served_by_guard")


def _stride(walk: Walk, entry: _Entry, form: Linear, latch: str) -> int | None:
    """How far the address at `form` has moved one turn later, by way of `latch`; None if not constant."""
    moved = _on_edge(walk, entry, form, latch)
    return moved.offset - form.offset if moved is not None and moved.key == form.key else None


def _on_edge(walk: Walk, entry: _Entry, form: Linear, source: str) -> Linear | None:
    """`form` with the header's phis replaced by their values on the edge from `source`.

    None if the form has another value that each turn makes anew.
    """
    result = Linear("", (), form.offset)
    for name, coefficient in form.terms:
        value = _value_on_edge(walk, entry, name, source)
        if value is None:
            return None
        result = result.plus(
            value if not isinstance(value, str) else Linear("", ((name, 1),), 0), coefficient
        )
    base = _value_on_edge(walk, entry, form.base, source) if form.base else ""
    if base is None:
        return None
    return (base if not isinstance(base, str) else Linear(base, (), 0)).plus(result)


def _value_on_edge(walk: Walk, entry: _Entry, name: str, source: str) -> Linear | str | None:
    """A phi's form on the edge, the name itself if the loop does not change it, None if it may."""
    if name in entry.phis:
        return walk.forms.of(entry.phis[name][source])
    place = walk.values.places.get(name)
    made_inside = place is not None and place.index >= 0 and place.block in entry.loop.blocks
    return None if made_inside else name
