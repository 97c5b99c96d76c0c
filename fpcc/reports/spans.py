"""Where in its line an access stands, and the line cut into pieces at the edges of accesses and of syntax.

A debug location names one column: of a store that is its `=`, of `p->len` the `len`. So the access is the
occurrence of its expression around that column, else the nearest one, else the word at the column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fpcc.reports.syntax import Stretch
from passes.model import Access

PLACED_MAX = 4096  # characters; accesses in longer lines (machine-made) are listed, not placed

_WORD = re.compile(r"\w+|\S")


@dataclass(frozen=True)
class Mark:
    """An access in its line: characters start..end; both 0 if its column is unknown or past the line."""

    access: Access
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Text of one colour."""

    text: str
    syntax: str  # "" or a kind of fpcc.reports.syntax
    mark: Mark | None  # the innermost access it belongs to


def place_access(access: Access, line: str) -> Mark:
    """Finds the access in the text of its line."""
    if len(line) > PLACED_MAX:
        return Mark(access, 0, 0)
    column = _character_index(line, access.location.column)
    if access.expression:
        starts = _occurrences(line, access.expression)
        if starts:
            start = min(starts, key=lambda at: _distance(at, at + len(access.expression), column))
            return Mark(access, start, start + len(access.expression))
    word = _WORD.match(line, column) if access.location.column else None
    return Mark(access, word.start(), word.end()) if word else Mark(access, 0, 0)


def cut_line(line: str, marks: Sequence[Mark], syntax: Sequence[Stretch]) -> tuple[Piece, ...]:
    """The line as pieces; joined, their texts are the line."""
    owners: list[Mark | None] = [None] * len(line)
    for mark in sorted(
        marks, key=lambda mark: mark.start - mark.end
    ):  # long ones first, inner ones paint over
        owners[mark.start : mark.end] = [mark] * (mark.end - mark.start)
    kinds = [""] * len(line)
    for stretch in syntax:
        kinds[stretch.start : stretch.end] = [stretch.kind] * (stretch.end - stretch.start)
    runs = groupby(range(len(line)), key=lambda at: (id(owners[at]), kinds[at]))
    return tuple(
        Piece(line[run[0] : run[-1] + 1], kinds[run[0]], owners[run[0]])
        for run in (list(group) for _, group in runs)
    )


def _character_index(line: str, column: int) -> int:
    """Columns count the bytes of UTF-8, from 1."""
    return len(line.encode(errors="replace")[: max(column - 1, 0)].decode(errors="ignore"))


def _occurrences(line: str, expression: str) -> list[int]:
    """Where the expression stands in the line, but not as a part of a longer word."""
    before = r"(?<!\w)" if expression[0].isidentifier() else ""
    after = r"(?!\w)" if expression[-1].isalnum() or expression[-1] == "_" else ""
    return [match.start() for match in re.finditer(f"{before}{re.escape(expression)}{after}", line)]


def _distance(start: int, end: int, column: int) -> tuple[int, int]:
    """How far the column is from start..end; an expression before it (a store's `=`) wins over one after."""
    if start <= column < end:
        return (0, 0)
    return (column - end + 1, 0) if end <= column else (start - column, 1)
