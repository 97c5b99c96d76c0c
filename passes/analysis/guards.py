"""Decides which accesses need a guard, and where the guards go.

One walk over the dominator tree. An access is, in this order: proved to stay in its object; near a byte that
a trusted pointer, an earlier guard or the loop rule (loops.py) already proved; or the first access to its
root, which is guarded right there. A guard is never placed where the access might not follow, so a program
that would not have made a bad access is never trapped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from passes.analysis.accesses import MemoryAccess, collect_accesses
from passes.analysis.cfg import ControlFlow, build_control_flow
from passes.analysis.conditions import edge_conditions
from passes.analysis.extents import extent, near_keys
from passes.analysis.facts import Fact, Facts, Reach
from passes.analysis.linear import Linear, LinearForms
from passes.analysis.locals import split_locals
from passes.analysis.loops import enter_loop
from passes.analysis.plan import FunctionPlan, PlannedGuard, Policy, Verdict
from passes.analysis.ranges import Range, Ranges
from passes.analysis.values import Values
from passes.ir.module import Function
from passes.ir.operand import Operand
from passes.model import Region


def plan_function(function: Function, policy: Policy, forms: LinearForms, first_guard: int) -> FunctionPlan:
    """The plan for `function`, whose values have these forms; guards are numbered from `first_guard` on."""
    values = forms.values
    ranges = Ranges(values)
    locals_ = split_locals(function, values, forms, policy.native)
    plan = FunctionPlan(function, locals_, clears_locals=policy.native.cleared)
    if policy.confined:
        plan.verdicts += [_confine(access, plan, forms, policy) for access in collect_accesses(function)]
        return plan
    planner = Planner(plan, policy, values, forms, ranges, build_control_flow(function), first_guard)
    planner.walk()
    return plan


def _confine(access: MemoryAccess, plan: FunctionPlan, forms: LinearForms, policy: Policy) -> Verdict:
    form = forms.of(access.pointer)
    region = policy.region_of(plan.function.name, form.base)
    if access.size == 0:
        return Verdict(access, form, "free", "checked_by_host", region=region)
    if access.kind not in policy.guarded_kinds:
        return Verdict(access, form, "unguarded", "not_asked_by_mode", region=region)
    return Verdict(access, form, "confined", "cut_to_the_arena", region=region)


@dataclass
class Planner:
    """The walk's state."""

    plan: FunctionPlan
    policy: Policy
    values: Values
    forms: LinearForms
    ranges: Ranges
    flow: ControlFlow
    next_guard: int
    facts: Facts = field(init=False)
    conditions: dict[str, Range] = field(default_factory=dict)
    accesses: dict[str, list[MemoryAccess]] = field(default_factory=dict)  # by block

    def __post_init__(self) -> None:
        self.facts = Facts()
        for access in collect_accesses(self.plan.function):
            self.accesses.setdefault(access.block, []).append(access)
        trusted = self.policy.trusted.get(self.plan.function.name, frozenset())
        moved = [name for name, local in self.plan.locals.items() if local.moves]
        for name in (*trusted, *self.policy.objects, *moved):
            self.facts.add((name, ()), Fact(0, 0, -1, "near_trusted_pointer"))

    def walk(self) -> None:
        """Visits every block after its dominator."""
        stack: list[tuple[str, int, dict[str, Range]]] = [(self.flow.order[0], -1, {})]
        while stack:
            label, mark, outer = stack.pop()
            if mark >= 0:
                self.facts.undo(mark)
                self.conditions = outer
                continue
            stack.append((label, self.facts.mark(), self.conditions))
            found = edge_conditions(self.flow, self.values, label, self.conditions)
            self.conditions = {**self.conditions, **found}
            if label in self.flow.loops and not self._insists(""):
                enter_loop(self, self.flow.loops[label])
            for access in self.accesses.get(label, ()):
                self.plan.verdicts.append(self._decide(access))
            stack.extend((child, -1, {}) for child in self.flow.children[label])

    def is_demanded(self, access: MemoryAccess) -> bool:
        """Whether the mode wants `access` confined, and neither the host nor its own object does it."""
        if access.size == 0 or access.kind not in self.policy.guarded_kinds:
            return False
        return not self._stays_in_object(access, self.forms.of(access.pointer))

    def find_fact(self, form: Linear, size: int, kind: str) -> Fact | None:
        """A fact, in terms of form.key, that covers `size` bytes at `form`; looks through bounded terms."""
        reach = self.reach_from(form.base, kind)
        for key, low, high in near_keys(form, self.ranges, self.conditions, reach):
            fact = self.facts.find(key, low, high + size - 1, reach)
            if fact is not None:
                return fact._replace(
                    low=fact.low - (high - form.offset), high=fact.high - (low - form.offset)
                )
        return None

    def region_of(self, base: str) -> Region:
        """The region that the base of a form is known to point into."""
        return self.policy.region_of(self.plan.function.name, base)

    def reach_from(self, base: str, kind: str) -> Reach:
        """How far from a byte of the base's region an access of that kind may be."""
        return self.policy.reach_in(self.region_of(base), kind)

    def add_guard(self, guard: PlannedGuard) -> None:
        """Plans `guard`, which proves the byte at its form to be in the region of its base."""
        self.plan.guards.append(replace(guard, region=self.region_of(guard.form.base)))
        self.next_guard += 1
        self.facts.add(
            guard.form.key, Fact(guard.form.offset, guard.form.offset, guard.id, "served_by_guard")
        )

    def _decide(self, access: MemoryAccess) -> Verdict:
        form = self.forms.of(access.pointer)
        return Verdict(access, form, *self._decision(access, form), region=self.region_of(form.base))

    def _decision(self, access: MemoryAccess, form: Linear) -> tuple[str, str, int]:
        """The decision, its reason and the guard that serves the access."""
        if access.size == 0:
            return "free", "checked_by_host", -1
        if self._stays_in_object(access, form):
            return "free", "stays_in_object", -1
        if access.kind not in self.policy.guarded_kinds:
            return "unguarded", "not_asked_by_mode", -1
        insisted = self._insists(access.pointer.text) or self._insists("")
        fact = None if insisted else self.find_fact(form, access.size, access.kind)
        if fact is not None:
            return "covered" if fact.guard >= 0 else "free", fact.reason, fact.guard
        root = access.pointer if insisted else self._root_of(access)
        place = access.block, access.index
        guard = PlannedGuard(self.next_guard, *place, root, self.forms.of(root), access)
        self.add_guard(guard)
        return "guarded", "first_access_to_root", guard.id

    def _insists(self, pointer: str) -> bool:
        """Whether accesses through `pointer` get guards of their own; "" stands for every access."""
        insisted = self.policy.insisted
        return (self.plan.function.name, pointer) in insisted or ("", pointer) in insisted

    def _stays_in_object(self, access: MemoryAccess, form: Linear) -> bool:
        local = self.plan.locals.get(form.base)
        size = local.size if local is not None else self.policy.objects.get(form.base, -1)
        if size <= 0:
            return False
        low, high = extent(form, self.ranges, {} if local is not None else self.conditions)
        return low >= 0 and high + access.size <= size

    def _root_of(self, access: MemoryAccess) -> Operand:
        """The pointer to check: the access's, less offsets that surely stay within reach of it."""
        root, wanted = access.pointer, self.forms.of(access.pointer)
        while True:
            definition = self.values.definitions.get(root.text)
            if definition is None or definition.opcode != "getelementptr":
                return root
            inner = definition.operands[0]
            form = self.forms.of(inner)
            distance = wanted.plus(Linear("", form.terms, form.offset), -1)._replace(base="")
            low, high = extent(distance, self.ranges, self.conditions)
            last = high + access.size - 1
            reach = self.reach_from(form.base, access.kind)
            if wanted.base != form.base or not reach.covers((0, 0), low, last):
                return root
            root = inner
