"""A bench's report on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from fpcc.benchmark.bounds_traffic import BoundsTraffic
from fpcc.benchmark.build_time import BuildTime
from fpcc.benchmark.report import Memory, Report, Row
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible
from fpcc.reports.wording import count

KIB = 1024


def write_table(report: Report, out: TextIO) -> None:
    console = ReportConsole(out)
    for part in _parts(report):
        console.print(part, soft_wrap=isinstance(part, Text))


def _parts(report: Report) -> Iterator[Text | Table]:
    yield Text(f"{make_visible(report.nf)}: throughput relative to the unprotected build, the same packets")
    yield _table(report)
    gates = ", ".join(f"{packets:,} {_name_gate(gate)}" for gate, packets in report.gates.items())
    yield Text(
        f"{count(report.rounds, 'round')} of {report.batches_per_round:,} batches of {report.batch}, "
        f"{report.instances} instances of each; "
        f"{report.packets:,} packets, of which {gates}"
    )
    yield Text(
        f"one crossing into a module and back: {report.crossing_ns:.1f} ns; "
        f"from one module of lowering segment to another: {report.switching_ns:.1f} ns"
    )
    if report.bounds:
        yield Text(describe_bounds(report.bounds))
    if report.build:
        yield Text(_describe_build(report.build))


def _table(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("mode", "lowering"):
        table.add_column(title)
    for title in ("throughput", "95 % interval", "ns/packet", "image", "heap", "stack"):
        table.add_column(title, justify="right")
    first, *others = report.rows
    for row in (first, report.noise, *others):
        table.add_row(*_cells(row), style="dim" if row is report.noise else "")
    return table


def _cells(row: Row) -> tuple[str, ...]:
    interval = f"{row.ratio_lo:.3f} – {row.ratio_hi:.3f}"
    return (
        row.mode,
        row.lowering,
        f"{row.ratio:.3f}",
        interval,
        f"{row.ns_per_packet:.2f}",
        *_sizes(row.memory),
    )


def _sizes(memory: Memory) -> tuple[str, ...]:
    sizes = (memory.image_touched_bytes, memory.heap_touched_bytes, memory.stack_touched_bytes)
    return tuple("?" if size is None else f"{size / KIB:,.0f} KiB" for size in sizes)


def _name_gate(gate: str) -> str:
    return f"left by gate {gate}" if gate.isdigit() else gate


def describe_bounds(bounds: BoundsTraffic) -> str:
    """What mode `pointer` does, in one line."""
    table = f"{bounds.loads:.1f} loads and {bounds.stores:.1f} stores of bounds"
    size = f"{bounds.table_bytes / KIB:,.0f} KiB of tables"
    return f"mode pointer, a packet: {table}, {bounds.copies:.1f} copies, {bounds.checks:.1f} checks; {size}"


def _describe_build(build: BuildTime) -> str:
    return (
        f"fpcc build, {build.mode}: {build.wall_seconds:.2f} s ({build.cpu_seconds:.2f} s on the processor); "
        f"clang -O2 alone: {build.clang_wall_seconds:.2f} s ({build.clang_cpu_seconds:.2f} s); "
        f"{build.wall_ratio:.1f} times as long ({build.cpu_ratio:.1f})"
    )
