"""A diff on the terminal, as a review shows one: +, -, ~, grouped by function, with file and line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

from rich.text import Text

from fpcc.diff import Diff, Entry
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible
from passes.model import Decisions, Location

STYLES = {"+": "green", "-": "red", "~": "yellow"}


def write_diff(diff: Diff, old: Decisions, new: Decisions, out: TextIO) -> None:
    console = ReportConsole(out)
    console.print(_title(old).append("  →  ", "bright_black").append_text(_title(new)), soft_wrap=True)
    for part in _parts(diff):
        console.print(part, soft_wrap=True)


def _title(build: Decisions) -> Text:
    text = Text().append(make_visible(build.nf), "bold")
    return text.append(f" ({make_visible(build.mode)}, {make_visible(build.lowering)})")


def _parts(diff: Diff) -> Iterator[Text]:
    groups: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for sign, entries in (("+", diff.added), ("-", diff.removed), ("~", diff.changed)):
        for entry in entries:
            groups[entry.function].append((sign, entry))
    for function in sorted(groups):
        yield Text().append(f"\n{make_visible(function) or 'whole module'}", "bold")
        ordered = sorted(groups[function], key=lambda pair: _place(pair[1]))
        for (sign, entry), times in Counter(map(_without_columns, ordered)).items():
            yield from _entry(sign, entry, times)
    if diff:
        counts = f"{len(diff.added):,} added, {len(diff.removed):,} removed, {len(diff.changed):,} changed"
        yield Text(f"\n{counts}")
    else:
        yield Text("no change in guards, accesses, locals or imports")


def _place(entry: Entry) -> Location:
    return entry.new or entry.old or Location()


def _without_columns(pair: tuple[str, Entry]) -> tuple[str, Entry]:
    """What is shown: entries that differ in less (a line inlined several times) are one line with a count."""
    sign, entry = pair
    old, new = (place and replace(place, column=0) for place in (entry.old, entry.new))
    return sign, replace(entry, old=old, new=new)


def _entry(sign: str, entry: Entry, times: int) -> Iterator[Text]:
    line = Text("  ").append(f"{sign} {entry.what}", STYLES[sign])
    if entry.subject not in ("mode", "lowering"):
        line.append(f"  {make_visible(entry.expression) or '(expression unknown)'}", "bold")
    if place := _describe_places(entry.old, entry.new):
        line.append(f"  {make_visible(place)}", "bright_black")
    yield line.append(f"  ×{times}" if times > 1 else "", "bright_black")
    for change in entry.changes:
        text = f"      {change.property}: {make_visible(str(change.old))} → {make_visible(str(change.new))}"
        yield Text().append(text, "bright_black")
    if not entry.changes and entry.properties:
        facts = ", ".join(f"{name} {make_visible(str(value))}" for name, value in entry.properties)
        yield Text().append(f"      {facts}", "bright_black")


def _describe_places(old: Location | None, new: Location | None) -> str:
    place = new or old
    if not place:
        return ""
    if not place.file:
        return "unknown place"
    was = f" (was {old.line})" if old and old.file == place.file and old.line != place.line else ""
    return f"{place.file}:{place.line}{was}"
