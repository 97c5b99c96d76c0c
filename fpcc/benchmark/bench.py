"""The whole bench of one NF: build, measure, time the build."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fpcc.benchmark.bounds_traffic import count_bounds, is_bounded
from fpcc.benchmark.build_time import time_build
from fpcc.benchmark.contest import Contest, Traffic
from fpcc.benchmark.measure import Tell, run_contest
from fpcc.benchmark.report import Report, make_report
from fpcc.benchmark.variants import Source, Variant, build_variants


@dataclass(frozen=True)
class Settings:
    """How it is measured."""

    traffic: Traffic = Traffic()
    args: Path | None = None
    batch: int = 32
    rounds: int = 101
    until: float | None = None
    build_rounds: int = 3  # 0: the build is not timed


def bench_nf(source: Source, variants: Sequence[Variant], settings: Settings, tell: Tell) -> Report:
    """Raises BuildFailed, BenchFailed; KeyboardInterrupt if it was interrupted before the end."""
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as directory:
        modules = build_variants(source, variants, Path(directory))
        contest = Contest(
            {variant.name: module for variant, module in modules.items()},
            settings.traffic,
            settings.args,
            settings.batch,
            settings.rounds,
            settings.until,
        )
        rounds = run_contest(contest, tell)
        if rounds.interrupted:
            raise KeyboardInterrupt
        report = make_report(source.name, variants, contest, rounds)
        if any(map(is_bounded, variants)):
            bounds = count_bounds(source, settings.traffic, settings.args, Path(directory))
            report = replace(report, bounds=bounds)
    if settings.build_rounds:
        report = replace(report, build=time_build(source, variants[-1], settings.build_rounds))
    return report
