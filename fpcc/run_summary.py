"""The end of a run as tables: packets by node, gate and reason, counters, guards, and time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from fpcc.manifest import Manifest
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible
from fpcc.reports.wording import count
from fpcc.run_result import RunResult, read_manifest

Row = tuple[str, ...]


def write_summary(result: RunResult, out: TextIO) -> None:
    """Prints everything "done" said; nothing if packets never flowed."""
    console = ReportConsole(out)
    for part in _parts(result):
        console.print(part, soft_wrap=isinstance(part, Text))


def _parts(result: RunResult) -> Iterator[Text | Table]:
    if not result.done:
        return
    yield _table(("node", "packets", "gate or reason", "share", "ns/packet"), _packet_rows(result))
    if counters := list(_counter_rows(result)):
        yield _table(("node", "value", "counter"), counters)
    yield _table(("node", "guards", "mode", "accesses"), list(_guard_rows(result)))
    yield Text(_totals(result))
    yield Text(_speed(result))


def _packet_rows(result: RunResult) -> list[Row]:
    return [row for node in result.nodes for row in _rows_of(node)]


def _rows_of(node: Mapping[str, Any]) -> list[Row]:
    """In, then every way out."""
    total = node["in"]
    rows: list[Row] = [(node["node"], f"{total:,}", "in", "", f"{node['ns_per_packet']:.1f}")]
    ways = {f"gate {gate}": packets for gate, packets in node["gates"].items()}
    ways |= {"bypassed": node["bypassed"]} if node["bypassed"] else {}
    ways |= {_name_drop(reason): packets for reason, packets in node["drops"].items()}
    return rows + [("", f"{packets:,}", way, f"{packets / total:.1%}", "") for way, packets in ways.items()]


def _name_drop(reason: str) -> str:
    return reason if reason.startswith("dropped") else f"dropped: {reason}"


def _counter_rows(result: RunResult) -> Iterator[Row]:
    for node in result.nodes:
        name = node["node"]
        for counter, value in node["counters"].items():
            yield (name, f"{value:,.0f}", counter)
            name = ""
        if node["misuse"]:
            yield (name, f"{node['misuse']:,}", "misuse: counts to counters that are not there")


def _guard_rows(result: RunResult) -> Iterator[Row]:
    for node in result.nodes:
        manifest = read_manifest(Path(node["module"]))
        how = node["mode"] if node["mode"] == "none" else f"{node['mode']}, {node['lowering']}"
        yield (node["node"], *_describe_guards(manifest, how))


def _describe_guards(manifest: Manifest | None, how: str) -> Row:
    if manifest is None:
        return ("?", how, "the module file has gone")
    guards = manifest.guards
    return (f"{guards.checks:,}", how, f"{guards.accesses:,}: {guards.describe()}")


def _totals(result: RunResult) -> str:
    done = result.done
    drops = sum(done["drops"].values())
    text = f"{count(done['in'], 'packet')} in, {done['out']:,} out, {drops:,} dropped"
    of_nodes = {reason for node in result.nodes for reason in node["drops"]}
    host = {reason: number for reason, number in done["drops"].items() if reason not in of_nodes}
    text += "".join(f"; {number:,} {reason}" for reason, number in host.items())
    if done["truncated"]:
        text += f"; {done['truncated']:,} were captured shorter than they were"
    if done["incomplete"]:
        text += "; the output has failed and is incomplete: packets told as out may be missing from it"
    faults = sum(node["faults"] for node in result.nodes)
    restarts = sum(node["restarts"] for node in result.nodes)
    text += f"; {count(faults, 'fault')}, {count(restarts, 'restart')}" if faults else ""
    return f"interrupted: {text}" if result.done["interrupted"] else text


def _speed(result: RunResult) -> str:
    done = result.done
    return (
        f"{done['packets_per_second']:,.0f} packets/s with input and output, "
        f"{done['ns_per_packet']:.1f} ns a packet in modules; {done['seconds']:.3f} s"
    )


def _table(titles: Row, rows: list[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    numbers = ("packets", "share", "ns/packet", "value", "guards")
    for title in titles:
        table.add_column(title, justify="right" if title in numbers else "left")
    for row in rows:
        table.add_row(*(Text(make_visible(cell)) for cell in row))
    return table
