"""The one view all report formats show: Decisions, counted and arranged by function, guard and source line.

Writers only format it. With `function`, the view holds that function's accesses, and of the sources only the
lines around them.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from fpcc.errors import InputError
from fpcc.reports.bounds_view import BoundsView, view_bounds
from fpcc.reports.legend import LEGEND
from fpcc.reports.source_view import SourceView, view_sources
from fpcc.reports.visible import make_visible
from fpcc.reports.wording import split_moved_local
from passes.model import Access, Decisions, Guard


@dataclass(frozen=True)
class Share:
    """How many accesses met one decision."""

    decision: str
    count: int
    percent: float  # of all accesses of the same row


@dataclass(frozen=True)
class FunctionRow:
    name: str
    accesses: int
    checks: int
    shares: tuple[Share, ...]  # in the legend's order


@dataclass(frozen=True)
class GuardRow:
    guard: Guard
    serves: tuple[Access, ...]  # in source order


@dataclass(frozen=True)
class OtherFile:
    """A file with accesses whose text we do not have: of the C library, a system header; "" if unknown."""

    total: FunctionRow  # named by the file
    accesses: tuple[Access, ...]  # in source order


@dataclass(frozen=True)
class MovedLocals:
    """Locals of one function that moved to the module stack for one reason."""

    function: str
    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class View:
    decisions: Decisions
    function: str  # "" for all
    total: FunctionRow
    functions: tuple[FunctionRow, ...]  # those with accesses in the sources
    library: tuple[FunctionRow, ...]  # the others
    guards: tuple[GuardRow, ...]  # those in the sources first
    sources: tuple[SourceView, ...]
    others: tuple[OtherFile, ...]
    moved: tuple[MovedLocals, ...]
    bounds: BoundsView | None  # mode `pointer`

    @cached_property
    def guard_rows(self) -> dict[int, GuardRow]:
        """Guards by id."""
        return {row.guard.id: row for row in self.guards}


def build_view(decisions: Decisions, function: str = "") -> View:
    """Arranges the decisions for the writers; InputError if there is no such function."""
    if function:
        decisions = _select_function(decisions, function)
    sources = view_sources(decisions, excerpt=bool(function))
    shown = {(source.path, line.number) for source in sources for hunk in source.hunks for line in hunk}
    own = {access.function for access in decisions.accesses if _line(access) in shown} | {function}
    functions = _count_functions(decisions)
    return View(
        decisions=decisions,
        function=function,
        total=_count_row(decisions.nf, decisions.accesses, decisions.guards),
        functions=tuple(row for row in functions if row.name in own),
        library=tuple(row for row in functions if row.name not in own),
        guards=_arrange_guards(decisions),
        sources=sources,
        others=_group_others(decisions, shown),
        moved=_group_moved(decisions.moved_locals),
        bounds=view_bounds(decisions.checks, shown),
    )


def sort_accesses(accesses: Iterable[Access]) -> list[Access]:
    """Source order; accesses of one place in the order of their ids."""
    return sorted(accesses, key=lambda access: (access.location, access.id))


def _select_function(decisions: Decisions, name: str) -> Decisions:
    used = {access.function for access in decisions.accesses} | {c.function for c in decisions.checks}
    known = sorted(used.union(decisions.functions))
    if name not in known:
        close = make_visible(", ".join(difflib.get_close_matches(name, known) or known))
        raise InputError(
            f"{make_visible(decisions.nf)}: no function {name!r}; there is {close or 'none at all'}"
        )
    accesses = tuple(access for access in decisions.accesses if access.function == name)
    serving = {access.guard for access in accesses}
    return replace(
        decisions,
        functions=(name,),
        accesses=accesses,
        guards=tuple(g for g in decisions.guards if g.function == name or g.id in serving),
        checks=tuple(check for check in decisions.checks if check.function == name),
        moved_locals=tuple(m for m in decisions.moved_locals if m.split(":", 1)[0] == name),
    )


def _count_functions(decisions: Decisions) -> tuple[FunctionRow, ...]:
    """One row a function, in the order of the decisions; those only accesses name come last."""
    accesses: dict[str, list[Access]] = {name: [] for name in decisions.functions}
    for access in decisions.accesses:
        accesses.setdefault(access.function, []).append(access)
    guards: dict[str, list[Guard]] = defaultdict(list)
    for guard in decisions.guards:
        guards[guard.function].append(guard)
    return tuple(_count_row(name, found, guards[name]) for name, found in accesses.items())


def _count_row(name: str, accesses: Iterable[Access], guards: Iterable[Guard]) -> FunctionRow:
    counts = Counter(access.decision for access in accesses)
    total = counts.total()
    shares = tuple(Share(d, counts[d], 100 * counts[d] / total if total else 0.0) for d in LEGEND)
    return FunctionRow(name, total, len(tuple(guards)), shares)


def _arrange_guards(decisions: Decisions) -> tuple[GuardRow, ...]:
    serves: dict[int, list[Access]] = defaultdict(list)
    for access in decisions.accesses:
        serves[access.guard].append(access)
    # The NF's own first, then those of the C library.
    rows = (GuardRow(guard, tuple(sort_accesses(serves[guard.id]))) for guard in decisions.guards)
    own = {source.path for source in decisions.sources}
    return tuple(sorted(rows, key=lambda r: (r.guard.location.file not in own, r.guard.location, r.guard.id)))


def _line(thing: Access | Guard) -> tuple[str, int]:
    return (thing.location.file, thing.location.line)


def _group_others(decisions: Decisions, shown: set[tuple[str, int]]) -> tuple[OtherFile, ...]:
    """The accesses in none of the lines `shown`, by file; a source is among them if it has no such line."""
    groups: dict[str, list[Access]] = defaultdict(list)
    for access in sort_accesses(decisions.accesses):
        if _line(access) not in shown:
            groups[access.location.file].append(access)
    guards: dict[str, list[Guard]] = defaultdict(list)
    for guard in decisions.guards:
        if _line(guard) not in shown:
            guards[guard.location.file].append(guard)
    return tuple(
        OtherFile(_count_row(file, accesses, guards[file]), tuple(accesses))
        for file, accesses in groups.items()
    )


def _group_moved(moved_locals: Iterable[str]) -> tuple[MovedLocals, ...]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in moved_locals:
        function, name, reason = split_moved_local(text)
        groups[function, reason].append(name)
    return tuple(MovedLocals(function, tuple(names), reason) for (function, reason), names in groups.items())
