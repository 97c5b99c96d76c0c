"""The part of a view that mode `pointer` has: which accesses are held to their objects, by function."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass

from fpcc.reports.legend import BOUNDS
from passes.model import Check


@dataclass(frozen=True)
class BoundsRow:
    """How many accesses met each decision, in the legend's order."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class BoundsView:
    """Rows are of functions with accesses in the sources; `library`, if there are others, sums them up."""

    total: BoundsRow
    functions: tuple[BoundsRow, ...]
    library: BoundsRow | None
    others: tuple[Check, ...]  # in no line shown, in source order


def view_bounds(checks: Iterable[Check], shown: Set[tuple[str, int]]) -> BoundsView | None:
    """Counts checks, if there are any; `shown` are the lines that the report shows, by file and number."""
    checks = tuple(checks)
    if not checks:
        return None
    own = {check.function for check in checks if _line(check) in shown}
    by_function: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_function[check.function].append(check)
    library = [check for check in checks if check.function not in own]
    return BoundsView(
        count_bounds("all", checks),
        tuple(count_bounds(name, found) for name, found in by_function.items() if name in own),
        count_bounds("in no source shown here", library) if library else None,
        tuple(check for check in sort_checks(checks) if _line(check) not in shown),
    )


def sort_checks(checks: Iterable[Check]) -> list[Check]:
    """Source order; those of one place in the order of their ids."""
    return sorted(checks, key=lambda check: (check.location, check.id))


def count_bounds(name: str, checks: Iterable[Check]) -> BoundsRow:
    """A row of these."""
    counts = Counter(check.decision for check in checks)
    return BoundsRow(name, tuple(counts[decision] for decision in BOUNDS))


def _line(check: Check) -> tuple[str, int]:
    return check.location.file, check.location.line
