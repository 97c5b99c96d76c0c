"""Plans as decisions: what reports show and CI keeps of a build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from passes.analysis.accesses import MemoryAccess
from passes.analysis.plan import FunctionPlan, PlannedGuard, Verdict
from passes.ir.instruction import Instruction
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
    blocks: dict[str, dict[str, list[Instruction]]] = field(default_factory=dict)  # by function and label

    def access(self, plan: FunctionPlan, verdict: Verdict) -> Access:
        found = verdict.access
        location = self._locate(plan, found)
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
        location = self._locate(plan, guard.access)
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

    def _locate(self, plan: FunctionPlan, access: MemoryAccess) -> Location:
        """Its place; if the optimiser has left it none, the line of what is next to it, without a column."""
        location = self.locations.locate(access.instruction.location)
        return location if location.line else self._locate_near(plan, access)

    def _locate_near(self, plan: FunctionPlan, access: MemoryAccess) -> Location:
        """Of what follows in its block, likely what it is for, else of what precedes, else the function's."""
        function = self._function(plan, access.instruction.location)
        block = self._instructions(plan, access.block)
        for neighbour in chain(block[access.index :], reversed(block[: access.index])):
            location = self.locations.locate(neighbour.location)
            if location.line and self._function(plan, neighbour.location) == function:
                return replace(location, column=0)
        return self.locations.locate_function(plan.function)

    def _instructions(self, plan: FunctionPlan, label: str) -> list[Instruction]:
        name = plan.function.name
        if name not in self.blocks:
            self.blocks[name] = {block.label: block.instructions for block in plan.function.blocks}
        return self.blocks[name][label]

    def _function(self, plan: FunctionPlan, node: str) -> str:
        return self.locations.written_function(node) or plan.function.name[1:]

    def _expression(self, location: Location) -> str:
        return self.expressions.get((location.file, location.line, location.column), "")
