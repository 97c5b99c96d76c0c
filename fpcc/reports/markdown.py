"""The report as Markdown, for a comment on a change or a CI summary: counts by decision and by function."""

from __future__ import annotations

import re
from typing import TextIO

from fpcc.reports.legend import LEGEND
from fpcc.reports.view import FunctionRow, View
from fpcc.reports.visible import make_visible

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
    out.write(f"\nImports: {', '.join(map(escape, facts.imports)) or 'none'}\n")


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", make_visible(text))


def _row(title: str, row: FunctionRow) -> str:
    counts = (row.accesses, row.checks, *(share.count for share in row.shares))
    return f"| {title} | {' | '.join(f'{number:,}' for number in counts)} |\n"
