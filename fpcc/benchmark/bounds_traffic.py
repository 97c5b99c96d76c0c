"""What mode `pointer` does for each packet, counted by a build of its own that is not timed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fpcc.benchmark.contest import BUDGET_US, PACKETS, Traffic
from fpcc.benchmark.variants import Source, Variant, build_variants
from fpcc.errors import FpccError
from fpcc.run_plan import Node, RunPlan
from fpcc.verified_modules import start_run
from passes.modes import MODES

_COUNTED = ("loads", "stores", "copies", "checks")


@dataclass(frozen=True)
class BoundsTraffic:
    """For each packet: bounds loaded from and stored in the table, ranges of memory whose pointers took their
    bounds along, checks done. `table_bytes`: of all tables of one instance."""

    loads: float
    stores: float
    copies: float
    checks: float
    table_bytes: int


class CountingFailed(FpccError):
    """The build that counts has not come to its end."""


def is_bounded(variant: Variant) -> bool:
    return MODES[variant.mode].bounded


def count_bounds(source: Source, traffic: Traffic, args: Path | None, directory: Path) -> BoundsTraffic:
    """Builds and runs the NF once. Raises BuildFailed, CountingFailed."""
    variant = Variant("pointer", "compare")
    counting = Source(source.files, (*source.flags, "--count-bounds"))
    module = build_variants(counting, [variant], directory / "counted")[variant]
    pool = {"type": "pool", "packets": PACKETS, "size": traffic.size}
    capture = {"type": "pcap", "path": str(traffic.capture)}
    node = Node("counted", module, args, {"budget_us": BUDGET_US})
    plan = RunPlan(pool if traffic.capture is None else capture, {"type": "null"}, (node,))
    found: dict[str, int] = {}
    packets = 0
    with start_run(plan) as host:
        for event in host.events():
            found = dict(event["counters"]) if event["event"] == "counters" else found
            packets = event["in"] if event["event"] == "done" else packets
        said = host.said()
    if not packets or "bounds.checks" not in found:
        raise CountingFailed(f"{source.name}: bounds could not be counted: {said or 'no counters'}")
    each = {name: found[f"bounds.{name}"] / packets for name in _COUNTED}
    return BoundsTraffic(**each, table_bytes=found["bounds.table_bytes"])
