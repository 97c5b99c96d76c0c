"""The report as Markdown, for a comment on a change or a CI summary: counts by decision and by function."""

from __future__ import annotations

import re
from collections import Counter
from typing import TextIO

from fpcc.reports.bounds_view import BoundsView
from fpcc.reports.legend import BOUNDS, LEGEND
from fpcc.reports.view import FunctionRow, View
from fpcc.reports.visible import make_visible
from fpcc.reports.wording import describe_check
from passes.model import Check

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~@:])")


def write_markdown(view: View, out: TextIO) -> None:
    facts = view.decisions
    out.write(f"### {escape(facts.nf)}: mode {escape(facts.mode)}, lowering {escape(facts.lowering)}\n\n")
    names = [f"{entry.symbol} {entry.decision}" for entry in LEGEND.values()]
    out.write(f"| function | accesses | checks | {' | '.join(names)} |\n")
    out.write("| --- |" + " ---: |" * (2 + len(names)) + "\n")
    for row in view.functions:
        out.write(_row(escape(row.name), row))
    out.write(_row("**all**", view.total))
    if view.bounds:
        _write_bounds(view.bounds, out)
        _write_lines(view, out)
    out.write(f"\nImports: {', '.join(map(escape, facts.imports)) or 'none'}\n")


def _write_bounds(bounds: BoundsView, out: TextIO) -> None:
    """Mode `pointer`, by function."""
    names = [f"{entry.symbol} {entry.decision}" for entry in BOUNDS.values()]
    out.write(f"\n| bounds of objects | {' | '.join(names)} |\n| --- |{' ---: |' * len(names)}\n")
    rows = [(escape(row.name), row) for row in bounds.functions]
    rows += [(escape(bounds.library.name), bounds.library)] if bounds.library else []
    for title, row in (*rows, ("**all**", bounds.total)):
        out.write(f"| {title} | {' | '.join(f'{number:,}' for number in row.counts)} |\n")


def _write_lines(view: View, out: TextIO) -> None:
    """Mode `pointer`, by line of the sources."""
    lines = [(source.path, line) for source in view.sources for hunk in source.hunks for line in hunk]
    rows = Counter((path, line.number, _bounds_of(check)) for path, line in lines for check in line.checks)
    out.write("\n<details><summary>bounds of objects, by line</summary>\n\n")
    out.write("| line | access | | why |\n| --- | --- | --- | --- |\n")
    for (path, number, cells), times in rows.items():
        repeated = f" ×{times}" if times > 1 else ""
        out.write(f"| {escape(path)}:{number} | {' | '.join(map(escape, cells))}{repeated} |\n")
    out.write("\n</details>\n")


def _bounds_of(check: Check) -> tuple[str, str, str]:
    expression = f"{check.expression}: " if check.expression else ""
    symbol = BOUNDS[check.decision].symbol
    return f"{expression}{describe_check(check)}", f"{symbol} {check.decision}", check.reason


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", make_visible(text))


def _row(title: str, row: FunctionRow) -> str:
    counts = (row.accesses, row.checks, *(share.count for share in row.shares))
    return f"| {title} | {' | '.join(f'{number:,}' for number in counts)} |\n"
