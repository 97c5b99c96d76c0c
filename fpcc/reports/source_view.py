"""The sources of a view: lines cut into pieces, each with its accesses; whole, or only around accesses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from fpcc.reports.bounds_view import sort_checks
from fpcc.reports.spans import Mark, Piece, cut_line, place_access
from fpcc.reports.syntax import classify_lines
from passes.model import Access, Check, Decisions, Source

_NEWLINE = re.compile("\r\n?")  # clang counts lines so

_T = TypeVar("_T", Access, Check)

CONTEXT = 3  # lines shown around an access in an excerpt


@dataclass(frozen=True)
class Line:
    number: int
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]  # in the order of the columns
    checks: tuple[Check, ...] = ()  # mode `pointer`, in the order of the columns

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class SourceView:
    path: str
    sha256: str
    hunks: tuple[tuple[Line, ...], ...]  # stretches of consecutive lines


def view_sources(decisions: Decisions, excerpt: bool) -> tuple[SourceView, ...]:
    """Every source, annotated, headers last; an excerpt leaves out what is far from any access."""
    by_line, checks = _group_by_line(decisions.accesses), _group_by_line(sort_checks(decisions.checks))
    ordered = sorted(decisions.sources, key=lambda source: source.path.endswith(".h"))
    views = (_view_source(source, (by_line, checks), excerpt) for source in ordered)
    return tuple(view for view in views if view.hunks or not excerpt)


def _group_by_line(things: Iterable[_T]) -> dict[tuple[str, int], list[_T]]:
    groups: dict[tuple[str, int], list[_T]] = defaultdict(list)
    for thing in things:
        groups[thing.location.file, thing.location.line].append(thing)
    return groups


def _view_source(
    source: Source,
    found: tuple[dict[tuple[str, int], list[Access]], dict[tuple[str, int], list[Check]]],
    excerpt: bool,
) -> SourceView:
    by_line, checks = found
    whole = _NEWLINE.sub("\n", source.text)
    texts = whole.removesuffix("\n").split("\n") if whole else []
    syntax = classify_lines(whole)
    lines = []
    for number, text in enumerate(texts, start=1):
        marks = [place_access(access, text) for access in by_line.get((source.path, number), ())]
        marks.sort(key=lambda mark: (mark.start, mark.end, mark.access.id))
        pieces = cut_line(text, marks, syntax[number - 1])
        lines.append(Line(number, pieces, tuple(marks), tuple(checks.get((source.path, number), ()))))
    hunks = _cut_hunks(lines) if excerpt else ((tuple(lines),) if lines else ())
    return SourceView(source.path, source.sha256, hunks)


def _cut_hunks(lines: list[Line]) -> tuple[tuple[Line, ...], ...]:
    """The lines at most CONTEXT away from one with accesses, consecutive ones together."""
    wanted = {
        number
        for line in lines
        if line.marks or line.checks
        for number in range(line.number - CONTEXT, line.number + CONTEXT + 1)
    }
    hunks: list[list[Line]] = []
    for line in lines:
        if line.number not in wanted:
            continue
        if not hunks or hunks[-1][-1].number != line.number - 1:
            hunks.append([])
        hunks[-1].append(line)
    return tuple(tuple(hunk) for hunk in hunks)
