"""A verdict on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.text import Text

from fpcc.reports.bounded_places import SHOWN_MAX
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible
from fpcc.verifier.model import Violation
from fpcc.verifier.verdict import RULES, Verdict

# How accesses are confined (fpcc/verifier/confinement.py), in words.
CONFINED_BY = {
    "segment": "by gs",
    "image": "to the image",
    "frame": "to native frames",
    "variable": "to the host's two variables",
    "open": "by guards, or not asked for",
}


def write_verdict(verdict: Verdict, path: str, out: TextIO) -> None:
    """One line if the module is verified; otherwise each violation, up to a number, and their count."""
    console = ReportConsole(out)
    for line in _lines(verdict, path):
        console.print(line, soft_wrap=True)


def _lines(verdict: Verdict, path: str) -> Iterator[Text]:
    if verdict.violations:
        yield from _refusal(verdict.violations, make_visible(path))
        return
    summary = verdict.summary
    counts = (f"{count:,} {CONFINED_BY.get(how, how)}" for how, count in summary.accesses.items())
    verified = f"verified: mode {summary.mode}, lowering {summary.lowering}"
    yield Text(f"{make_visible(path)}: {verified}", "bold green")
    yield Text(f"  {summary.instructions:,} instructions, {summary.functions:,} functions")
    yield Text(f"  accesses: {', '.join(counts)}")


def _refusal(violations: tuple[Violation, ...], name: str) -> Iterator[Text]:
    for violation in violations[:SHOWN_MAX]:
        yield from _show(violation)
    if len(violations) > SHOWN_MAX:
        yield Text(f"... and {len(violations) - SHOWN_MAX:,} more")
    for rule in sorted({violation.rule for violation in violations}, key=list(RULES).index):
        yield Text(f"rule {rule}: {RULES[rule]}", "bright_black")
    yield Text(f"{name}: refused: {len(violations):,} violation{'s'[: len(violations) - 1]}", "bold red")


def _show(violation: Violation) -> Iterator[Text]:
    place = f"{violation.address:#x}: " if violation.address else ""
    yield Text(f"{place}{violation.rule}: {make_visible(violation.message)}")
    if violation.bytes:
        yield Text(f"    {violation.bytes.hex(' ')}    {violation.instruction}")
    if violation.function or violation.source:
        where = f"{violation.function}()" if violation.function else ""
        yield Text(f"    in {make_visible(' at '.join(part for part in (where, violation.source) if part))}")
