"""What traffic from a separate host showed, as values; saved with the rest of bench/results/figure.json."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TextIO

from rich import box
from rich.table import Table

from bench.examples import Example
from bench.peers.figures import Skipped
from bench.wire.contest import TURN_SECONDS, Turns, run_turns
from bench.wire.far_host import find_far_host
from fpcc.benchmark.contest import AGAIN, REFERENCE
from fpcc.benchmark.interval import median_interval
from fpcc.reports.console import ReportConsole

PEER = "traffic from a separate host"  # what is skipped, where it is


@dataclass(frozen=True)
class WireRow:
    """One build of one NF. Ratios are relative to the unprotected build, the median over rounds; lo and hi
    bound the 95 % confidence interval of the first."""

    nf: str
    peer: str
    ratio: float  # of processor time: ns of `none` / ns of this
    ratio_lo: float
    ratio_hi: float
    ns_per_packet: float  # processor time of fphost, the kernel's receiving and sending for it included
    packets_per_second: float
    rate_ratio: float  # of packets a second; near 1, too, while fphost waits for the sender
    busy: float  # share of a turn that fphost was on its processor
    missed: float  # share of the packets that came faster than fphost fetched them


@dataclass(frozen=True)
class WireFigures:
    rows: tuple[WireRow | Skipped, ...] = ()
    rounds: int = 0
    turn_seconds: float = TURN_SECONDS
    load: float = 0.0  # average number of processes that wanted a core meanwhile, the bench's own among them


def measure_wire(examples: Sequence[Example], rounds: int) -> WireFigures:
    """Raises BenchFailed, BuildFailed, ToolError. Why it cannot be done is in the rows, and said aloud."""
    rows: list[WireRow | Skipped] = []
    missing = find_far_host()
    for example in examples:
        if missing:
            rows.append(Skipped(example.name, PEER, missing))
            print(f"{example.name}: {PEER} is skipped: {missing}", file=sys.stderr)
            continue
        found = list(rows_of(example.name, run_turns(example, rounds)))
        write_table(example.name, found, sys.stdout)
        rows += found
    return WireFigures(tuple(rows), rounds, load=os.getloadavg()[2])


def rows_of(nf: str, turns: Turns) -> Iterator[WireRow]:
    """The unprotected build first."""
    names = sorted(turns, key=lambda name: (name != REFERENCE, name != AGAIN))
    for name in names:
        pairs = list(zip(turns[REFERENCE], turns[name], strict=True))
        ratio = median_interval([reference.ns / own.ns for reference, own in pairs])
        own = turns[name]
        yield WireRow(
            nf,
            name,
            ratio.median,
            ratio.low,
            ratio.high,
            ns_per_packet=median(turn.ns for turn in own),
            packets_per_second=median(turn.rate for turn in own),
            rate_ratio=median(own.rate / reference.rate for reference, own in pairs),
            busy=median(turn.cpu_seconds / turn.seconds for turn in own),
            missed=median(turn.missed / (turn.handed + turn.missed) for turn in own),
        )


def write_table(nf: str, rows: Iterable[WireRow], out: TextIO) -> None:
    title = f"{nf}, with traffic from a separate host"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    titles = ("build", "throughput", "95 % interval", "ns/packet", "packets/s", "ratio", "busy", "missed")
    for name in titles:
        table.add_column(name, justify="left" if name == "build" else "right")
    for row in rows:
        table.add_row(*_cells(row), style="dim" if row.peer == AGAIN else "")
    ReportConsole(out).print(table)


def _cells(row: WireRow) -> tuple[str, ...]:
    return (
        row.peer,
        f"{row.ratio:.3f}",
        f"{row.ratio_lo:.3f} – {row.ratio_hi:.3f}",
        f"{row.ns_per_packet:.0f}",
        f"{row.packets_per_second:,.0f}",
        f"{row.rate_ratio:.3f}",
        f"{row.busy:.0%}",
        f"{row.missed:.0%}",
    )
