"""Plans as decisions: what reports show and CI keeps of a build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from passes.analysis.plan import FunctionPlan, PlannedGuard, Verdict
from passes.ir.locations import LocationReader
from passes.ir.module import Module
from passes.model import Access, Guard, Location

Expressions = Mapping[tuple[str, int, int], str]


@dataclass(frozen=True)
class Decided:
    """The parts of Decisions that come from plans."""

    functions: tuple[str, ...]
    accesses: tuple[Access, ...]
    guards: tuple[Guard, ...]
    moved_locals: tuple[str, ...]


def decide(module: Module, plans: Sequence[FunctionPlan], expressions: Expressions) -> Decided:
    """All decisions in the order of the module's text; accesses are numbered in that order."""
    reader = _Reader(LocationReader(module), expressions)
    accesses = [reader.access(plan, verdict) for plan in plans for verdict in _in_order(plan)]
    guards = [reader.guard(plan, guard) for plan in plans for guard in plan.guards]
    return Decided(
        tuple(plan.function.name[1:] for plan in plans),
        tuple(accesses),
        tuple(sorted(guards, key=lambda g: g.id)),
        tuple(sorted(_moved(plans))),
    )


def _in_order(plan: FunctionPlan) -> list[Verdict]:
    position = {block.label: i for i, block in enumerate(plan.function.blocks)}
    return sorted(plan.verdicts, key=lambda v: (position[v.access.block], v.access.index))


def _moved(plans: Sequence[FunctionPlan]) -> Iterator[str]:
    found = ((plan.function.name, local) for plan in plans for local in plan.locals.values() if local.moves)
    for function, local in found:
        yield f"{function[1:]}:{local.name[1:]}: {local.moves}"


@dataclass
class _Reader:
    locations: LocationReader
    expressions: Expressions
    numbered: int = 0

    def access(self, plan: FunctionPlan, verdict: Verdict) -> Access:
        found = verdict.access
        location = self.locations.locate(found.instruction.location)
        self.numbered += 1
        return Access(
            id=self.numbered - 1,
            function=self._function(plan, found.instruction.location),
            location=location,
            expression=self._expression(location),
            kind=found.kind,
            operation=found.operation,
            size=found.size,
            root=verdict.form.base,
            offset=verdict.form.offset,
            decision=verdict.decision,
            reason=verdict.reason,
            guard=verdict.guard,
            region=verdict.region,
        )

    def guard(self, plan: FunctionPlan, guard: PlannedGuard) -> Guard:
        node = guard.access.instruction.location
        location = self.locations.locate(node)
        placement = "loop entry" if guard.edge else "access"
        return Guard(
            guard.id,
            self._function(plan, node),
            location,
            self._expression(location),
            guard.access.kind,
            guard.form.base,
            placement,
        )

    def _function(self, plan: FunctionPlan, node: str) -> str:
        return self.locations.written_function(node) or plan.function.name[1:]

    def _expression(self, location: Location) -> str:
        return self.expressions.get((location.file, location.line, location.column), "")
