"""Our modules, measured by fphost: the reference for what all peers must do with the packets."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.peers.driver_program import Job
from fpcc.benchmark.contest import REFERENCE, Contest, Traffic
from fpcc.benchmark.interval import Interval, median_interval
from fpcc.benchmark.measure import BenchFailed, Rounds, run_contest
from fpcc.benchmark.variants import BASELINE, Source, Variant, build_variants, list_variants
from fpcc.lowering_choice import runnable_lowerings
from fpcc.run_options import RunOptions, plan_run
from fpcc.verified_modules import start_run
from passes.modes import MODES

VARIANTS = tuple(variant for variant in list_variants(MODES, runnable_lowerings()) if variant != BASELINE)
JUDGE = Variant("rw", "segment")  # whose counters are compared with


@dataclass(frozen=True)
class Ours:
    """What fphost said."""

    rounds: Rounds
    counters: Mapping[str, int]
    batch: int

    @property
    def checksum(self) -> str:
        """Of gate, length and bytes of all packets of the first pass, the same for all variants."""
        return str(self.rounds.done["variants"][0]["checksum"])

    @property
    def crossing_ns(self) -> float:
        """A packet's share of entering and leaving a module."""
        return float(self.rounds.done["crossing_ns"]) / self.batch

    def net_ns(self, name: str) -> list[float]:
        """Each round's ns a packet, less the crossing."""
        return [ns - self.crossing_ns for ns in self.rounds.ns[name]]

    def ratio(self, name: str) -> Interval:
        pairs = zip(self.net_ns(REFERENCE), self.net_ns(name), strict=True)
        return median_interval([reference / own for reference, own in pairs])


def run_ours(job: Job, variants: Sequence[Variant] = VARIANTS) -> Ours:
    """These variants, JUDGE among them, and the unprotected build. Raises BuildFailed, BenchFailed."""
    with tempfile.TemporaryDirectory(prefix="fpcc-peers-") as name:
        modules = build_variants(Source((job.source,)), [BASELINE, *variants], Path(name))
        contest = Contest(
            {variant.name: module for variant, module in modules.items()},
            Traffic(capture=job.capture),
            job.args,
            job.batch,
            max(job.rounds, 1),
        )
        rounds = run_contest(contest)
        if rounds.interrupted:
            raise KeyboardInterrupt
        return Ours(rounds, count_events(modules[JUDGE], job), job.batch)


def count_events(module: Path, job: Job) -> dict[str, int]:
    """The counters of a module, fresh, after one pass over the capture."""
    args = (str(job.args),) if job.args else ()
    with start_run(plan_run(RunOptions((module,), args, job.capture))) as host:
        events = list(host.events())
    failed = [event for event in events if event["event"] in ("fault", "error")]
    if failed:
        raise BenchFailed(f"{job.source.stem}: {failed[0]}")
    counted = [event["counters"] for event in events if event["event"] == "counters"]
    return {str(name): int(value) for counters in counted for name, value in counters.items()}
