"""Rates as tables: by worker, tenant, node, and the reasons of drops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from fpcc.control.rates import NodeRate, Rates
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible

Row = tuple[str, ...]

_LEFT = ("node", "tenant", "kind", "state", "reason", "workers", "input", "flow groups")
_FILE_WIDTH = 140  # columns, where no terminal says how many there are
_STYLES = {"dead": "red", "restarting": "yellow", "bypassed": "yellow"}


def write_tables(rates: Rates, out: TextIO) -> None:
    """Prints all of them, in lines longer than the terminal's if need be: cut numbers are useless."""
    console = _wide_console(out)
    for part in make_tables(rates):
        console.print(part)


def write_table(titles: Row, rows: Sequence[Row], out: TextIO) -> None:
    """Prints one."""
    _wide_console(out).print(_table(titles, rows))


def _wide_console(out: TextIO) -> ReportConsole:
    console = ReportConsole(out)
    console.width = max(console.width, _FILE_WIDTH)
    return console


def make_tables(rates: Rates) -> Iterator[Table | Text]:
    """What there is to show; drops only if there were any."""
    yield Text(f"up {rates.uptime:,.1f} s; rates are of the last {rates.seconds:,.1f} s")
    if rates.workers:  # not for tenants, who do not see all that works there
        yield _table(("worker", "core", "busy", "packets/s", "cycles/packet"), _worker_rows(rates))
    titles = ("tenant", "weight", "workers", "busy", "received/s", "sent/s", "dropped/s", "queue", "buffers",
              "longest wait µs", "faults")  # fmt: skip
    yield _table(titles, _tenant_rows(rates))
    titles = ("node", "tenant", "kind", "packets", "packets/s", "cycles/packet", "batch", "queue", "dropped",
              "faults", "state")  # fmt: skip
    yield _table(titles, [_node_row(node) for node in rates.nodes])
    if drops := list(_drop_rows(rates.nodes)):
        yield _table(("node", "reason", "packets"), drops)


def _worker_rows(rates: Rates) -> list[Row]:
    return [
        (
            str(w.index),
            "any" if w.cpu < 0 else str(w.cpu),
            f"{w.busy:.0%}",
            show_rate(w.rate),
            _decimal(w.cycles),
        )
        for w in rates.workers
    ]


def _tenant_rows(rates: Rates) -> list[Row]:
    return [
        (
            t.name,
            str(t.weight),
            ", ".join(map(str, t.workers)),
            f"{t.busy:.0%}",
            show_rate(t.received_rate),
            show_rate(t.sent_rate),
            show_rate(t.drop_rate),
            f"{t.queued:,}",
            f"{t.buffers_used:,} of {t.buffers:,}",
            f"{t.worst_wait_us:,.0f}",
            f"{t.faults:,}",
        )
        for t in rates.tenants
    ]


def _node_row(node: NodeRate) -> Row:
    dropped = sum(node.drops.values())
    faults = f"{node.faults:,}" + (f", {node.restarts:,} restarts" if node.restarts else "")
    return (
        node.name,
        node.tenant,
        node.kind,
        f"{node.packets:,}",
        show_rate(node.rate),
        _decimal(node.cycles),
        _decimal(node.batch),
        f"{node.queued:,}",
        f"{dropped:,}",
        faults,
        node.state,
    )


def _drop_rows(nodes: Sequence[NodeRate]) -> Iterator[Row]:
    for node in nodes:
        for reason, packets in node.drops.items():
            yield node.name, reason, f"{packets:,}"
        if node.bypassed:
            yield node.name, "bypassed, not dropped", f"{node.bypassed:,}"


def show_rate(rate: float) -> str:
    """Three digits and a unit: "1.23 M"."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if rate >= size:
            return f"{rate / size:.3g} {unit}" if rate < 999.5 * size else f"{rate / size:.0f} {unit}"
    return f"{rate:.0f}"


def _decimal(number: float | None) -> str:
    return "" if number is None else f"{number:,.1f}"


def _table(titles: Row, rows: Sequence[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        table.add_column(title, justify="left" if title in _LEFT else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(make_visible(cell), _STYLES.get(cell, "")) for cell in row))
    return table
