"""How long other modules wait when one faults: from the fault to the next call of another module."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from fpcc.benchmark.variants import Source, Variant, build_variants
from fpcc.errors import InternalError
from fpcc.run_plan import Node, RunPlan
from fpcc.verified_modules import start_run

RUNS = 21
PACKETS = 1024
FAULTY = Path(__file__).parent / "faulty.c"


@dataclass(frozen=True)
class Recovery:
    """Microseconds over RUNS faults, each in a process of its own."""

    median_us: float
    worst_us: float
    runs: int


def measure_recovery(innocent: Path) -> Recovery:
    """`innocent` is the NF behind the faulty one."""
    variant = Variant("wonly", "compare")
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        nodes = tuple(
            _node(source, build_variants(Source((source,)), [variant], Path(name, source.stem))[variant])
            for source in (FAULTY, innocent)
        )
        plan = RunPlan({"type": "pool", "packets": PACKETS}, {"type": "null"}, nodes)
        found = sorted(_run(plan) / 1000 for _ in range(RUNS))
    return Recovery(median(found), found[-1], RUNS)


def _node(source: Path, module: Path) -> Node:
    """Bypassed after a fault, so that the module behind it gets its packets at once."""
    return Node(source.stem, module, settings={"policy": "bypass"})


def _run(plan: RunPlan) -> int:
    """Nanoseconds."""
    with start_run(plan) as host:
        ns = [event["worst_recovery_ns"] for event in host.events() if event["event"] == "done"]
    if not ns or ns[0] is None:
        raise InternalError("bench", "the faulty module did not fault")
    return int(ns[0])
