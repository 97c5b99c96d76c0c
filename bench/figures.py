"""What `make bench` measures, as values, and the targets beside them. Saved as JSON field by field."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.recovery import Recovery
from fpcc.benchmark.build_time import BuildTime
from fpcc.benchmark.report import Report

SCHEMA = 1


@dataclass(frozen=True)
class Row:
    """One NF in one mode with one lowering; see fpcc/benchmark/report.py for what a ratio is."""

    nf: str
    mode: str
    lowering: str
    ratio: float
    ratio_lo: float
    ratio_hi: float
    ns_per_packet: float


@dataclass(frozen=True)
class Mean:
    """The geometric mean and the worst of all NFs' ratios."""

    mode: str
    lowering: str
    geometric_mean: float
    worst: float


@dataclass(frozen=True)
class NamedBuild:
    """How long one source took to build."""

    nf: str
    lines: int
    time: BuildTime


@dataclass(frozen=True)
class Figures:
    rows: tuple[Row, ...]
    noise: tuple[Row, ...]  # the unprotected build against itself
    means: tuple[Mean, ...]
    crossing_ns: float
    switching_ns: float
    builds: tuple[NamedBuild, ...]
    big_builds: tuple[NamedBuild, ...]
    recovery: Recovery
    processor: str
    cores: int
    load: float  # average number of processes that wanted a core meanwhile, the bench's own among them
    schema: int = SCHEMA

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")


@dataclass(frozen=True)
class Target:
    """What the figures of a mode with a lowering should reach."""

    geometric_mean: float
    worst: float


TARGETS = {
    ("wonly", "compare"): Target(0.97, 0.90),
    ("rw", "compare"): Target(0.92, 0.80),
    ("wonly", "segment"): Target(0.99, 0.97),
    ("rw", "segment"): Target(0.98, 0.95),
    ("wonly", "mpx"): Target(0.96, 0.90),
    ("rw", "mpx"): Target(0.76, 0.60),
}
CROSSING_NS = 40
SWITCHING_NS = 60
BUILD_SECONDS = 1.5
BIG_BUILD_RATIO = 10
RECOVERY_US = 100


def rows_of(reports: Iterable[Report]) -> tuple[Row, ...]:
    """All variants of all NFs, the unprotected build among them."""
    return tuple(
        Row(r.nf, r.mode, r.lowering, r.ratio, r.ratio_lo, r.ratio_hi, r.ns_per_packet)
        for report in reports
        for r in report.rows
    )


def noise_of(reports: Iterable[Report]) -> tuple[Row, ...]:
    noise = (report.noise for report in reports)
    return tuple(
        Row(r.nf, r.mode, r.lowering, r.ratio, r.ratio_lo, r.ratio_hi, r.ns_per_packet) for r in noise
    )


def means_of(rows: Sequence[Row]) -> tuple[Mean, ...]:
    """Of each mode and lowering but the unprotected one, in the order of the rows."""
    variants = dict.fromkeys((r.mode, r.lowering) for r in rows if (r.mode, r.lowering) in TARGETS)
    return tuple(_mean(mode, lowering, rows) for mode, lowering in variants)


def _mean(mode: str, lowering: str, rows: Sequence[Row]) -> Mean:
    ratios = [row.ratio for row in rows if (row.mode, row.lowering) == (mode, lowering)]
    mean = math.exp(math.fsum(map(math.log, ratios)) / len(ratios))
    return Mean(mode, lowering, mean, min(ratios))


def name_processor() -> str:
    """The processor's model, as the kernel has it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
