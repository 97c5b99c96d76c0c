"""The result of a bench as values; saved as JSON field by field, shown by fpcc/benchmark/table.py.

Ratios are of throughput relative to the unprotected build: ns_none / ns_variant, the median over the rounds;
lo and hi bound its 95 % confidence interval. Times are processor time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from fpcc.benchmark.bounds_traffic import BoundsTraffic
from fpcc.benchmark.build_time import BuildTime
from fpcc.benchmark.contest import AGAIN, INSTANCES, REFERENCE, Contest, entrant_of
from fpcc.benchmark.measure import Rounds
from fpcc.benchmark.variants import Variant

SCHEMA = 1


@dataclass(frozen=True)
class Memory:
    """Bytes of one instance: its image, and what it touched of it, of heap and stack (None: unknown)."""

    image_bytes: int
    image_touched_bytes: int | None
    heap_touched_bytes: int | None
    stack_touched_bytes: int | None


@dataclass(frozen=True)
class Row:
    """One variant."""

    nf: str
    mode: str
    lowering: str
    ratio: float
    ratio_lo: float
    ratio_hi: float
    ns_per_packet: float
    memory: Memory


@dataclass(frozen=True)
class Report:
    nf: str
    rows: tuple[Row, ...]  # the unprotected build first
    noise: Row  # the unprotected build against itself: how much of a ratio is chance
    rounds: int
    packets: int  # of one pass
    batch: int
    batches_per_round: int  # of each instance
    instances: int  # of each variant
    gates: dict[str, int]  # packets of one pass by the gate they left by, or "dropped"
    crossing_ns: float  # entering and leaving a module that does nothing, with a batch of that size
    switching_ns: float  # the same when two modules of lowering segment take turns
    build: BuildTime | None
    bounds: BoundsTraffic | None = None  # mode `pointer`
    schema: int = SCHEMA

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


def make_report(nf: str, variants: Sequence[Variant], contest: Contest, rounds: Rounds) -> Report:
    """Of rounds that were done; the build time comes later."""
    return Report(
        nf=nf,
        rows=tuple(_row(nf, variant, variant.name, rounds) for variant in variants),
        noise=_row(nf, Variant(AGAIN, "none"), AGAIN, rounds),
        rounds=rounds.count,
        packets=rounds.packets,
        batch=contest.batch,
        batches_per_round=rounds.batches,
        instances=INSTANCES,
        gates=_result(rounds, REFERENCE)["gates"],
        crossing_ns=rounds.done["crossing_ns"],
        switching_ns=rounds.done["switching_ns"],
        build=None,
    )


def _row(nf: str, variant: Variant, name: str, rounds: Rounds) -> Row:
    ratio, result = rounds.ratio(name), _result(rounds, name)
    touched = (result[f"{part}_touched_bytes"] for part in ("image", "heap", "stack"))
    memory = Memory(result["image_bytes"], *touched)
    ns = median(rounds.ns[name])
    return Row(nf, variant.mode, variant.lowering, ratio.median, ratio.low, ratio.high, ns, memory)


def _result(rounds: Rounds, name: str) -> dict[str, Any]:
    """What "done" said of the first instance."""
    return next(dict(variant) for variant in rounds.done["variants"] if entrant_of(variant["node"]) == name)
