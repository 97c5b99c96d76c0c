"""What two builds are compared by: guards, accesses, moved locals and imports as items of one shape.

No id, IR name, line or digest is part of an item's identity: those change whenever anything above does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fpcc.reports.wording import split_moved_local
from passes.model import Access, Decisions, Guard, Location

_INLINED = re.compile(r"(\.(i|addr)\d*)+$")  # what LLVM adds to a local's name, in an order that changes

Properties = tuple[tuple[str, str | int], ...]  # name, value


@dataclass(frozen=True)
class Item:
    """One thing a build decided. The same `subject`, `function`, `expression`: may be the same thing."""

    subject: str  # "guard", "access", "moved local", "import"
    function: str
    expression: str
    shape: Properties  # what it is; differs: the author changed it
    state: Properties  # what was decided; differs: the build decides otherwise
    location: Location | None = None
    number: int = 0  # id within its build, orders items of one place
    guard: int = -1  # id of the guard this access carries itself

    @property
    def properties(self) -> Properties:
        return self.shape + self.state


def collect_items(decisions: Decisions) -> list[Item]:
    """Every item of a build, in source order."""
    items = [
        *_guards(decisions),
        *map(_access, decisions.accesses),
        *map(_moved_local, decisions.moved_locals),
        *(Item("import", "", name, (), ()) for name in sorted(decisions.imports)),
    ]
    return sorted(items, key=source_order)


def source_order(item: Item) -> tuple[Location, int]:
    return (item.location or Location(), item.number)


def _guards(decisions: Decisions) -> Iterator[Item]:
    served: dict[int, list[Access]] = defaultdict(list)
    for access in decisions.accesses:
        served[access.guard].append(access)
    return (_guard(guard, served[guard.id]) for guard in decisions.guards)


def _guard(guard: Guard, served: Iterable[Access]) -> Item:
    """The offset range tells what a guard answers for, so a wider one is a change."""
    ends = [(access.offset, access.offset + access.size) for access in served]
    first, end = min((a for a, _ in ends), default=0), max((b for _, b in ends), default=0)
    shape = (("kind", guard.kind), ("first byte", first), ("end byte", end))
    state = (("placement", guard.placement),)
    return Item("guard", guard.function, guard.expression, shape, state, guard.location, guard.id)


def _access(access: Access) -> Item:
    shape = (
        ("operation", access.operation),
        ("kind", access.kind),
        ("size", access.size),
        ("offset", access.offset),
    )
    state = (("decision", access.decision), ("reason", access.reason))
    carried = access.guard if access.decision == "guarded" else -1
    where = (access.location, access.id, carried)
    return Item("access", access.function, access.expression, shape, state, *where)


def _moved_local(text: str) -> Item:
    function, name, reason = split_moved_local(text)
    return Item("moved local", function, _INLINED.sub("", name), (), (("reason", reason),))
