"""What `python -m bench.peers` found out, as values; saved as JSON field by field.

A ratio is throughput relative to `none`: ns_none / ns_peer, the median over the rounds, each compared in
itself; lo and hi bound its 95 % confidence interval. Times are processor time, nanoseconds a packet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import TextIO

from rich import box
from rich.table import Table

from bench.peers.driver_program import Outcome
from bench.peers.native_peers import HOT
from bench.peers.ours import VARIANTS, Ours
from fpcc.benchmark.contest import AGAIN, REFERENCE
from fpcc.benchmark.interval import Interval, median_interval
from fpcc.reports.console import ReportConsole

SCHEMA = 1
RESOLUTION_NS = 1.0  # a packet; only what is the difference of two times can be less
_TOO_LITTLE = (
    "its work is hidden behind copying the frame into the buffer, which is taken off: "
    f"less than {RESOLUTION_NS} ns a packet is left"
)
OURS_REFERENCE = f"{REFERENCE}, in fphost"


@dataclass(frozen=True)
class Row:
    """One peer on one NF."""

    nf: str
    peer: str
    ratio: float
    ratio_lo: float
    ratio_hi: float
    ns_per_packet: float


@dataclass(frozen=True)
class Skipped:
    """A peer that did not run: what is missing and how to get it, or why there is no such NF."""

    nf: str
    peer: str
    skipped: str


@dataclass(frozen=True)
class Figures:
    rows: tuple[Row | Skipped, ...]
    processor: str
    cores: int
    packets: int  # of one pass
    batch: int
    rounds: int
    instances: int  # of each peer, averaged
    load: float  # average number of processes that wanted a core meanwhile, the bench's own among them
    schema: int = SCHEMA

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


def rows_of_ours(nf: str, ours: Ours) -> Iterator[Row]:
    """Less what entering and leaving a module costs."""
    for name in (REFERENCE, *(variant.name for variant in VARIANTS)):
        shown = OURS_REFERENCE if name == REFERENCE else name
        yield _row(nf, shown, ours.ratio(name), ours.net_ns(name))


def rows_of_driver(nf: str, outcome: Outcome, references: Mapping[str, str]) -> Iterator[Row | Skipped]:
    """`references` names, by peer, what its ratio is relative to; `none` for the rest."""
    rounds = outcome.rounds
    for name, ns in rounds.ns.items():
        if references.get(name) == HOT and median(ns) < RESOLUTION_NS:
            yield Skipped(nf, name, _TOO_LITTLE)
            continue
        reference = rounds.ns[references.get(name, REFERENCE)]
        ratio = median_interval([a / b for a, b in zip(reference, ns, strict=True) if b > 0])
        yield _row(nf, name, ratio, ns)


def _row(nf: str, peer: str, ratio: Interval, ns: list[float]) -> Row:
    return Row(nf, peer, ratio.median, ratio.low, ratio.high, median(ns))


def write_table(nf: str, rows: Iterable[Row | Skipped], out: TextIO) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=nf, title_justify="left")
    for title in ("peer", "throughput", "95 % interval", "ns/packet"):
        table.add_column(title, justify="left" if title == "peer" else "right", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row), style="dim" if row.peer == AGAIN else "")
    ReportConsole(out).print(table)


def _cells(row: Row | Skipped) -> tuple[str, ...]:
    if isinstance(row, Skipped):
        return row.peer, "skipped", "", ""
    interval = f"{row.ratio_lo:.3f} – {row.ratio_hi:.3f}"
    return row.peer, f"{row.ratio:.3f}", interval, f"{row.ns_per_packet:.2f}"
