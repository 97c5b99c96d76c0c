"""The end of `fpcc serve`: tables of the last report, or one JSON document. Schema 1:

{"schema", "outcome", "error"?, "report"? (docs/control.md), "counters": {node: {name: value}},
 "refused": {user id: requests}, "faults", "logs", "suppressed", "restarts", "invalid_packets"}, the latter
 as `fpcc run --json` has them.
"""

from __future__ import annotations

import json
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from fpcc.control.rates import measure
from fpcc.control.tables import write_tables
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible
from fpcc.run_json import list_happenings
from fpcc.run_result import RunResult

SCHEMA = 1


def write_serve_json(result: RunResult, out: TextIO) -> None:
    document = {
        "schema": SCHEMA,
        "outcome": result.outcome,
        "error": result.error or None,
        "report": result.done.get("report"),
        "counters": {node: event["counters"] for node, event in result.counters.items()},
        "refused": dict(result.refused),
        **list_happenings(result),
    }
    json.dump(document, out, indent=2)
    out.write("\n")


def write_serve_summary(result: RunResult, out: TextIO) -> None:
    """Nothing if packets never flowed."""
    if not result.done:
        return
    write_tables(measure(result.done["report"]), out)
    if any(event["counters"] for event in result.counters.values()):
        ReportConsole(out).print(_table_counters(result))


def _table_counters(result: RunResult) -> Table:
    table = Table("node", "counter", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("value", justify="right")
    for node, event in result.counters.items():
        for name, value in event["counters"].items():
            table.add_row(Text(make_visible(node)), Text(make_visible(name)), f"{value:,.0f}")
    return table
