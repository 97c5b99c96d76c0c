"""The audit's own proof that an access stays in the arena, by data flow over the protected IR.

Independent of the planner: it knows nothing of plans. The state at a point says, for a key
(analysis/linear.py), an interval in which some byte is proved to lie in the arena. States meet by hull; a key
over a phi is looked up on every incoming edge with the phi's value there in its place; iteration ends at a
fixed point, so what holds then holds on every path.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from passes.analysis.accesses import MemoryAccess, collect_accesses
from passes.analysis.cfg import ControlFlow, build_control_flow
from passes.analysis.extents import extent, near_keys
from passes.analysis.facts import Key, Reach
from passes.analysis.linear import Linear, LinearForms
from passes.analysis.ranges import Range, Ranges, condition_ranges
from passes.analysis.values import Values
from passes.ir.instruction import Instruction
from passes.ir.module import Block, Function

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]  # of one key: a byte is proved in each of them
GuardRoot = Callable[[Instruction], Linear | None]  # the address a comparison or call checks
_MOST_CHANGES = 10  # of one fact at one block, before it is given up
_MOST_KEYS = 2000
_MOST_INTERVALS = 4


@dataclass
class State:
    """What is known at one point."""

    facts: dict[Key, Intervals] = field(default_factory=dict)
    conditions: dict[str, Range] = field(default_factory=dict)


@dataclass
class ArenaFlow:
    """The data flow of one function.

    `objects` are bases in the arena with their sizes (0: one byte known), `locals` those on the native stack;
    `guard_root` tells the pointer that a branch condition or a call of inline assembly checks, or None.
    """

    function: Function
    values: Values
    reach: Reach
    objects: Mapping[str, int]
    locals: Mapping[str, int]
    guard_root: GuardRoot
    forms: LinearForms = field(init=False)
    ranges: Ranges = field(init=False)
    flow: ControlFlow = field(init=False)
    accesses: dict[str, list[MemoryAccess]] = field(default_factory=dict)
    _steps: dict[str, list[MemoryAccess | Linear]] = field(default_factory=dict)  # and checks, by block
    _outs: dict[str, State] = field(default_factory=dict)
    _ins: dict[str, State] = field(default_factory=dict)
    _changes: dict[tuple[str, Key], int] = field(default_factory=dict)
    _phis: dict[str, dict[str, Instruction]] = field(default_factory=dict)  # by block and name
    _phi_keys: dict[str, set[Key]] = field(default_factory=dict)
    _translated: dict[tuple[Key, str, str], Linear] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.forms = LinearForms(self.values, opaque=frozenset(self.objects))
        self.ranges = Ranges(self.values)
        self.flow = build_control_flow(self.function)
        for access in collect_accesses(self.function):
            self.accesses.setdefault(access.block, []).append(access)
        for label, block in self.flow.blocks.items():
            self._phis[label] = {i.name: i for i in block.instructions if i.opcode == "phi"}
            self._steps[label] = self._read_steps(block)
        self._collect_phi_keys()

    def _read_steps(self, block: Block) -> list[MemoryAccess | Linear]:
        """The accesses of a block and the addresses its calls check, in their order."""
        calls = ((i, c) for i, c in enumerate(block.instructions) if c.opcode == "call")
        found = ((i, self.guard_root(c)) for i, c in calls if c.callee.startswith("asm "))
        checks: list[tuple[int, MemoryAccess | Linear]] = [(i, root) for i, root in found if root is not None]
        accesses = [(access.index, access) for access in self.accesses.get(block.label, ())]
        return [step for _, step in sorted([*checks, *accesses], key=lambda step: step[0])]

    def unproved(self, kinds: frozenset[str]) -> list[MemoryAccess]:
        """Accesses of these kinds that are not proved to stay in the arena or fault."""
        self._iterate()
        found: list[MemoryAccess] = []
        for label in self.flow.order:
            self._pass_block(label, self._ins[label], lambda a, ok: found.append(a) if not ok else None)
        return [a for a in found if a.kind in kinds]

    def in_object(self, access: MemoryAccess, conditions: Mapping[str, Range]) -> bool:
        """Whether an access stays in the object it is based on."""
        form = self.forms.of(access.pointer)
        is_local = form.base in self.locals
        low, high = extent(form, self.ranges, {} if is_local else conditions)
        size = self.locals[form.base] if is_local else self.objects.get(form.base, 0)
        return access.size > 0 and low >= 0 and high + access.size <= size

    def _iterate(self) -> None:
        """Goes through the blocks in order, again and again; leaves out those whose edges are as before."""
        pending = set(self.flow.order)
        while pending:
            for label in (label for label in self.flow.order if label in pending):
                pending.discard(label)
                pending.update(self._update(label))

    def _update(self, label: str) -> tuple[str, ...]:
        """Brings a block's state up to date; the blocks that have to follow."""
        after = self._join(label)
        if self._ins.get(label) == after:
            return ()
        self._ins[label] = after
        self._outs[label] = self._pass_block(label, after, lambda a, ok: None)
        return self.flow.blocks[label].terminator.labels

    def _join(self, label: str) -> State:
        """The meet of all edges into `label` seen so far."""
        edges = [(p, self._edge(p, label)) for p in self.flow.predecessors[label] if p in self._outs]
        if not edges:
            return State()
        defined = {i.name for i in self.flow.blocks[label].instructions if i.name}
        first = edges[0][1]
        facts: dict[Key, Intervals] = {}
        for key in first.facts:
            if not _mentions(key, defined):
                self._meet(facts, label, key, [e.facts.get(key, ()) for _, e in edges])
        for key in self._phi_keys.get(label, ()):
            self._meet(facts, label, key, [self._on_edge(key, label, p, e) for p, e in edges])
        conditions = {
            name: (min(e.conditions[name][0] for _, e in edges), max(e.conditions[name][1] for _, e in edges))
            for name in first.conditions
            if name not in defined and all(name in e.conditions for _, e in edges)
        }
        return State(facts, conditions)

    def _meet(self, facts: dict[Key, Intervals], label: str, key: Key, found: list[Intervals]) -> None:
        known = [f for f in found if f]
        if len(known) != len(found) or self._changes.get((label, key), 0) > _MOST_CHANGES:
            return
        hulls = known[0] if len(known) == 1 else _meet_intervals(known, self.reach)  # newest first
        is_header = label in self.flow.loops and label in self._ins
        before = self._ins[label].facts.get(key) if is_header else None
        if before is not None and before != hulls:
            self._changes[label, key] = self._changes.get((label, key), 0) + 1
            if self._changes[label, key] > _MOST_CHANGES:
                return
        if hulls:
            facts[key] = hulls

    def _on_edge(self, key: Key, label: str, source: str, state: State) -> Intervals:
        """The facts for `key`, which mentions a phi of `label`, on the edge from `source`."""
        moved = self._translate(key, label, source)
        return tuple((low - moved.offset, high - moved.offset) for low, high in self._look_up(moved, state))

    def _translate(self, key: Key, label: str, source: str) -> Linear:
        """The key's address on an edge, with the phis of `label` replaced by their values there."""
        if (key, label, source) not in self._translated:
            self._translated[key, label, source] = self._substitute(key, label, source)
        return self._translated[key, label, source]

    def _substitute(self, key: Key, label: str, source: str) -> Linear:
        phis = self._phis[label]
        result = Linear("", tuple(term for term in key[1] if term[0] not in phis), 0)
        for name, coefficient in key[1]:
            part = self._value_on_edge(phis.get(name), source)
            result = result.plus(part, coefficient) if part is not None else result
        base = self._value_on_edge(phis.get(key[0]), source)
        return (base if base is not None else Linear(key[0], (), 0)).plus(result)

    def _value_on_edge(self, phi: Instruction | None, source: str) -> Linear | None:
        return self.forms.of(phi.operands[phi.labels.index(source)]) if phi is not None else None

    def _edge(self, source: str, target: str) -> State:
        """The state on an edge: after the source, with what its branch says."""
        out = self._outs[source]
        branch = self.flow.blocks[source].terminator
        if branch.opcode != "br" or len(branch.labels) != 2 or branch.labels[0] == branch.labels[1]:
            return out
        compare = self.values.definitions.get(branch.operands[0].text)
        if compare is None or compare.opcode != "icmp":
            return out
        root = self.guard_root(compare) if target == branch.labels[1] else None
        facts = _with_byte(out.facts, root) if root is not None else out.facts
        found = condition_ranges(compare, holds=target == branch.labels[0])
        known = {n: _narrow(r, out.conditions.get(n)) for n, r in found.items()}
        return State(facts, {**out.conditions, **known})

    def _pass_block(self, label: str, state: State, report: Callable[[MemoryAccess, bool], None]) -> State:
        facts = dict(state.facts)
        after = State(facts, state.conditions)
        for access in self._steps[label]:
            if isinstance(access, Linear):
                facts.update(_with_byte(facts, access))
                continue
            form = self.forms.of(access.pointer)
            near = self._look_up(form, after)
            reached = any(self._reaches(n, form.offset, access.size) for n in near)
            report(access, reached or self.in_object(access, state.conditions))
            if reached and access.is_certain and "volatile" in access.instruction.tokens:
                # Alone: what was known before would drift away from a root that moves turn by turn.
                facts[form.key] = ((form.offset, form.offset),)
        return after

    def _look_up(self, form: Linear, state: State) -> Intervals:
        """Where, in terms of form.key, bytes are proved; looks through terms of bounded range."""
        result: list[Interval] = []
        for key, low, high in near_keys(form, self.ranges, state.conditions, self.reach):
            found = state.facts.get(key, ())
            if not key[1] and key[0] in self.objects:
                found = (*found, (0, 0))
            result += [(a - (high - form.offset), b - (low - form.offset)) for a, b in found]
        return tuple(result)

    def _reaches(self, near: Interval, offset: int, size: int) -> bool:
        return self.reach.covers(near, offset, offset + size - 1)

    def _collect_phi_keys(self) -> None:
        """Keys to look up at each loop header: those of accesses, and what they become on its edges.

        Breadth first, so that if the number is capped the innermost loops still have theirs.
        """
        homes = {name: label for label in self.flow.loops for name in self._phis[label]}
        pending = deque({self.forms.of(a.pointer).key for found in self.accesses.values() for a in found})
        pending += [key for access_key in list(pending) for key in _without_terms(access_key)]
        seen = set(pending)
        while pending:
            key = pending.popleft()
            for home in {homes[n] for n in _names(key) if n in homes}:
                self._phi_keys.setdefault(home, set()).add(key)
                moved = {self._translate(key, home, source).key for source in self.flow.predecessors[home]}
                new = sorted(moved - seen)[: max(0, _MOST_KEYS - len(seen))]
                seen.update(new)
                pending += new


def _without_terms(key: Key) -> list[Key]:
    """The keys a bounded term of `key` may be folded out of (extents.near_keys)."""
    return [(key[0], key[1][:i] + key[1][i + 1 :]) for i in range(len(key[1]))] + [(key[0], ())]


def _with_byte(facts: dict[Key, Intervals], form: Linear) -> dict[Key, Intervals]:
    """`facts` and a proved byte at `form`, which comes first and replaces what says less."""
    point = (form.offset, form.offset)
    return {
        **facts,
        form.key: (point, *_sharpest([f for f in facts.get(form.key, ()) if not _says_less(f, point)])),
    }


def _sharpest(intervals: Iterable[Interval]) -> Intervals:
    """The narrowest few, without any that contains another."""
    kept: list[Interval] = []
    for interval in sorted(set(intervals), key=lambda i: (i[1] - i[0], i)):
        if not any(_says_less(interval, k) for k in kept):
            kept.append(interval)
    return tuple(kept[: _MOST_INTERVALS - 1])


def _says_less(wide: Interval, narrow: Interval) -> bool:
    return wide[0] <= narrow[0] and narrow[1] <= wide[1]


def _meet_intervals(found: list[Intervals], reach: Reach) -> Intervals:
    """Hulls of one interval of each: for each of the first, the nearest of the others."""
    hulls = set()
    for low, high in found[0]:
        for others in found[1:]:
            low, high = min(
                ((min(low, a), max(high, b)) for a, b in others), key=lambda hull: (hull[1] - hull[0], hull)
            )
        if high - low < reach.above:
            hulls.add((low, high))
    return _sharpest(hulls)


def _names(key: Key) -> list[str]:
    return [key[0], *(name for name, _ in key[1])]


def _mentions(key: Key, names: set[str]) -> bool:
    return key[0] in names or any(name in names for name, _ in key[1])


def _narrow(found: Range, known: Range | None) -> Range:
    if known is None:
        return found
    low, high = max(found[0], known[0]), min(found[1], known[1])
    return (low, high) if low <= high else found
