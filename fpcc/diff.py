"""What changed between two builds of an NF, as a reviewer asks it: guards, accesses, imports, mode.

Items are matched by function, expression and shape, as often as they occur, in source order: what only moved
is no change. Of what is left, items of one function and expression are the same one with another shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fpcc.alignment import align
from fpcc.diff_items import Item, Properties, collect_items, source_order
from passes.model import Decisions, Location

BUILD_PROPERTIES = ("mode", "lowering")


@dataclass(frozen=True)
class Change:
    """One property that differs."""

    property: str
    old: str | int
    new: str | int


@dataclass(frozen=True)
class Entry:
    """One line of a diff. Added: no `old`; removed: no `new`; locations are None too where there is none."""

    subject: str  # "guard", "access", "moved local", "import", "mode", "lowering"
    what: str  # "guard added", "newly free", "mode changed", ...
    function: str  # "" for what belongs to the whole module
    expression: str
    old: Location | None
    new: Location | None
    properties: Properties  # of the newest side
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Diff:
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def diff_decisions(old: Decisions, new: Decisions) -> Diff:
    """Compares two builds."""
    pairs = _pair_items(collect_items(old), collect_items(new))
    added = [b for a, b in pairs if b and not a]
    removed = [a for a, b in pairs if a and not b]
    both = [_changed(a, b) for a, b in pairs if a and b and a.properties != b.properties]
    return Diff(
        added=_sorted(_alone(item, "added") for item in _without_doubles(added)),
        removed=_sorted(_alone(item, "removed") for item in _without_doubles(removed)),
        changed=_sorted(both + _build_changes(old, new)),
    )


ItemPair = tuple[Item | None, Item | None]


def _pair_items(old: list[Item], new: list[Item]) -> list[ItemPair]:
    groups: dict[tuple[str, str, str], tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((old, new)):
        for item in items:
            groups[item.subject, item.function, item.expression][side].append(item)
    return [pair for olds, news in groups.values() for pair in _pair_group(olds, news)]


def _pair_group(old: list[Item], new: list[Item]) -> list[ItemPair]:
    """Within one function and expression: first those of one shape, then what is left, in source order."""
    shapes: dict[Properties, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((old, new)):
        for item in items:
            shapes[item.shape][side].append(item)
    pairs = [pair for olds, news in shapes.values() for pair in _pair_shape(olds, news)]
    lost = sorted((a for a, b in pairs if a and not b), key=source_order)
    found = sorted((b for a, b in pairs if b and not a), key=source_order)
    common = min(len(lost), len(found))
    return [
        *((a, b) for a, b in pairs if a and b),
        *zip(lost[:common], found[:common], strict=True),
        *((a, None) for a in lost[common:]),
        *((None, b) for b in found[common:]),
    ]


def _pair_shape(old: list[Item], new: list[Item]) -> list[ItemPair]:
    pairs = align([item.state for item in old], [item.state for item in new])
    return [(None if a is None else old[a], None if b is None else new[b]) for a, b in pairs]


def _without_doubles(items: list[Item]) -> list[Item]:
    """A guard that comes or goes together with the access that carries it is one line, the guard's."""
    guards = {item.number for item in items if item.subject == "guard"}
    return [item for item in items if item.guard not in guards]


def _alone(item: Item, verb: str) -> Entry:
    old, new = (None, item.location) if verb == "added" else (item.location, None)
    what = f"{item.subject} {verb}"
    return Entry(item.subject, what, item.function, item.expression, old, new, item.properties)


def _changed(old: Item, new: Item) -> Entry:
    pairs = zip(old.properties, new.properties, strict=True)
    changes = tuple(Change(name, a, b) for (name, a), (_, b) in pairs if a != b)
    decided = next((change.new for change in changes if change.property == "decision"), None)
    what = f"newly {decided}" if decided else f"{new.subject} changed"
    where = (old.location, new.location)
    return Entry(new.subject, what, new.function, new.expression, *where, new.properties, changes)


def _build_changes(old: Decisions, new: Decisions) -> list[Entry]:
    values = ((name, getattr(old, name), getattr(new, name)) for name in BUILD_PROPERTIES)
    return [
        Entry(name, f"{name} changed", "", b, None, None, (), (Change(name, a, b),))
        for name, a, b in values
        if a != b
    ]


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By function, then place; what belongs to the whole module comes first."""
    return tuple(
        sorted(entries, key=lambda e: (e.function, e.new or e.old or Location(), e.what, e.expression))
    )
