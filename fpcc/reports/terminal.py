"""The report on a terminal: summary, table of functions, annotated source. Plain text when it is not one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from fpcc.reports.bounds_view import BoundsRow, BoundsView
from fpcc.reports.console import ReportConsole
from fpcc.reports.legend import BOUNDS, LEGEND, Entry
from fpcc.reports.source_view import Line, SourceView
from fpcc.reports.view import FunctionRow, View
from fpcc.reports.visible import expand_tabs, make_visible
from fpcc.reports.wording import count, describe_access, describe_check, describe_checks, describe_place
from passes.model import Access, Check

GUTTER = 6  # columns for markers; more accesses in a line are told by "+"
SYNTAX_STYLES = {"comment": "bright_black italic", "directive": "magenta", "keyword": "bold"}


def write_terminal(view: View, out: TextIO) -> None:
    console = ReportConsole(out)
    for part in _parts(view):
        console.print(part, soft_wrap=isinstance(part, Text))


def _parts(view: View) -> Iterator[Text | Table]:
    yield from _summary(view)
    yield Text()
    yield _count_table("function", view.functions)
    if view.library:
        yield Text(f"and {count(len(view.library), 'function')} in no source shown here", "bright_black")
    yield Text()
    yield _legend(LEGEND)
    if view.bounds:
        yield from _bounds(view.bounds)
    for source in view.sources:
        yield Text()
        yield from _source(view, source)
    if view.others:
        yield from _others(view)
    if view.function and view.bounds and view.bounds.others:
        yield Text("\nbounds of objects, in no source shown here:")
        yield from _bounds_notes(view.bounds.others, "  ", with_place=True)


def _summary(view: View) -> Iterator[Text]:
    facts = view.decisions
    title = Text(make_visible(facts.nf), "bold")
    if view.function:
        title.append(f", function {make_visible(view.function)}")
    how = f"   mode {make_visible(facts.mode)}, lowering {make_visible(facts.lowering)}"
    yield title.append(how, "not bold")
    yield Text(f"{count(view.total.accesses, 'access', 'accesses')}, {count(view.total.checks, 'check')}")
    for share in view.total.shares:
        entry = LEGEND[share.decision]
        line = Text("  ").append(f"{entry.symbol} {share.count:>7,}  {share.decision:<9}", entry.style)
        yield line.append(f"  {share.percent:5.1f} %  {entry.meaning}")
    if facts.checks:
        yield Text(f"bounds of objects: {describe_checks(facts.checks)}")
    yield Text(f"imports: {make_visible(', '.join(facts.imports)) or 'none'}")
    yield Text(f"locals moved to the module stack: {len(facts.moved_locals) or 'none'}")
    for moved in view.moved:
        names = f"  {moved.function}: {', '.join(moved.names)}"
        yield Text().append(make_visible(names)).append(f"  {make_visible(moved.reason)}", "bright_black")


def _others(view: View) -> Iterator[Text | Table]:
    """Listed for one function, else counted: a module holds hundreds in the C library."""
    yield Text("\nin no source shown here:")
    if not view.function:
        yield _count_table("file", [other.total for other in view.others])
        return
    for other in view.others:
        yield from _notes(view, other.accesses, "  ", with_place=True)


def _count_table(title: str, rows: Iterable[FunctionRow]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title, overflow="fold")
    for column in ("accesses", "checks", *LEGEND):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*_count_cells(row))
    return table


def _count_cells(row: FunctionRow) -> Iterator[Text]:
    yield Text(make_visible(row.name) or "unknown")
    yield Text(f"{row.accesses:,}")
    yield Text(f"{row.checks:,}")
    for share in row.shares:
        yield Text(f"{share.count:,}", LEGEND[share.decision].style if share.count else "bright_black")


def _legend(entries: Mapping[str, Entry]) -> Text:
    return Text("   ").join(
        Text(f"{entry.symbol} ", entry.style).append(entry.decision, "default") for entry in entries.values()
    )


def _bounds(bounds: BoundsView) -> Iterator[Text | Table]:
    """Which accesses are held to their objects, by function."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("bounds of objects", overflow="fold")
    for decision in BOUNDS:
        table.add_column(decision, justify="right")
    for row in (*bounds.functions, *filter(None, (bounds.library,))):
        table.add_row(*_bounds_cells(row))
    yield Text()
    yield table
    yield Text()
    yield _legend(BOUNDS)


def _bounds_cells(row: BoundsRow) -> Iterator[Text]:
    yield Text(make_visible(row.name) or "unknown")
    for number, entry in zip(row.counts, BOUNDS.values(), strict=True):
        yield Text(f"{number:,}", entry.style if number else "bright_black")


def _source(view: View, source: SourceView) -> Iterator[Text]:
    yield Text(make_visible(source.path), "bold underline")
    if not source.hunks:
        yield Text("  no access in this file", "bright_black")
    for index, hunk in enumerate(source.hunks):
        if index:
            yield Text("    ⋮", "bright_black")
        for line in hunk:
            yield _code(line)
            yield from _notes(view, [mark.access for mark in line.marks], " " * (GUTTER + 8))
            yield from _bounds_notes(line.checks, " " * (GUTTER + 8))


def _code(line: Line) -> Text:
    text = Text().append(f"{line.number:>5} ", "bright_black").append_text(_markers(line)).append(" ")
    column = 0
    for piece in line.pieces:
        shown = "".join(make_visible(part) if part != "\t" else part for part in _split_tabs(piece.text))
        shown = expand_tabs(shown, column)
        column += len(shown)
        style = LEGEND[piece.mark.access.decision].style if piece.mark else SYNTAX_STYLES.get(piece.syntax)
        text.append(shown, style or "default")
    return text


def _split_tabs(text: str) -> Iterator[str]:
    for index, part in enumerate(text.split("\t")):
        if index:
            yield "\t"
        yield part


def _markers(line: Line) -> Text:
    """At most GUTTER columns."""
    shown = line.marks if len(line.marks) <= GUTTER else line.marks[: GUTTER - 1]
    text = Text()
    for mark in shown:
        entry = LEGEND[mark.access.decision]
        text.append(entry.symbol, entry.style)
    if len(shown) < len(line.marks):
        text.append("+")
    return text.append(" " * (GUTTER - len(text)), "default")


def _notes(view: View, accesses: Iterable[Access], indent: str, with_place: bool = False) -> Iterator[Text]:
    """One line an access, why it is as it is; equal ones (a line inlined several times) together."""
    notes = Counter((access.decision, _note(view, access, with_place)) for access in accesses)
    for (decision, note), times in notes.items():
        entry = LEGEND[decision]
        text = Text(indent).append(f"{entry.symbol} ", entry.style).append(note, "bright_black")
        yield text.append(f"  ×{times}" if times > 1 else "", "bright_black")


def _bounds_notes(checks: Iterable[Check], indent: str, with_place: bool = False) -> Iterator[Text]:
    """The same for what became of accesses in mode `pointer`."""
    notes = Counter((check.decision, _bounds_note(check, with_place)) for check in checks)
    for (decision, note), times in notes.items():
        entry = BOUNDS[decision]
        text = Text(indent).append(f"{entry.symbol} ", entry.style).append(note, "bright_black")
        yield text.append(f"  ×{times}" if times > 1 else "", "bright_black")


def _bounds_note(check: Check, with_place: bool) -> str:
    place = f"{describe_place(check.location)} in {check.function}: " if with_place else ""
    expression = f"{check.expression}: " if check.expression else ""
    what = f"{expression}{describe_check(check)}"
    return make_visible(f"{place}{what}, bounds {check.decision}: {check.reason}")


def _note(view: View, access: Access, with_place: bool) -> str:
    place = f"{describe_place(access.location)} in {access.function}: " if with_place else ""
    expression = f"{access.expression}: " if access.expression else ""
    row = view.guard_rows.get(access.guard)
    by = f", by check {row.guard.id} at {describe_place(row.guard.location)}" if row else ""
    if row and access.decision == "guarded":
        by = f", check {row.guard.id} (at {row.guard.placement}) serves {len(row.serves)}"
    what = f"{expression}{describe_access(access)}"
    return make_visible(f"{place}{what}, {access.decision}: {access.reason}{by}")
