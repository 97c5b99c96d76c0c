"""The builds of one NF in turns, with traffic from a separate host."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.examples import Example
from bench.peers.ours import VARIANTS
from bench.traffic import write_traffic
from bench.wire.far_host import FarHost, build_sender, start_far_host
from fpcc.benchmark.contest import AGAIN, BUDGET_US, REFERENCE
from fpcc.benchmark.measure import BenchFailed
from fpcc.benchmark.variants import BASELINE, Source, build_variants
from fpcc.host_process import Event, start_host
from fpcc.run_plan import Node, RunPlan

ROUNDS = 15
TURN_SECONDS = 0.4
TRIAL_PACKETS = 100_000
# What may become of a packet; anything else is an error of the measurement.
_EXPECTED = frozenset({"dropped by module", "missed by the input"})


@dataclass(frozen=True)
class Turn:
    """One fphost with one build."""

    handed: int  # packets that the module got
    missed: int  # packets that the kernel dropped before, as they came too fast
    seconds: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Packets a second through the module."""
        return self.handed / self.seconds

    @property
    def ns(self) -> float:
        """Processor time of fphost for each, the kernel's for its receiving and sending included."""
        return self.cpu_seconds / self.handed * 1e9


Turns = Mapping[str, list[Turn]]  # of each build, one a round


def run_turns(example: Example, rounds: int) -> Turns:
    """Raises BuildFailed, ToolError, and BenchFailed if packets get lost where none may."""
    with tempfile.TemporaryDirectory(prefix="fpcc-wire-") as name:
        directory = Path(name)
        built = build_variants(Source((example.source,)), [BASELINE, *VARIANTS], directory)
        modules = {AGAIN: built[BASELINE], **{variant.name: module for variant, module in built.items()}}
        capture = directory / "traffic.pcap"
        write_traffic(example.source, example.args, capture)
        sender = build_sender(directory)
        with _two_processors() as other, start_far_host(sender, capture, other) as far:
            return _take_turns(far, example.args, modules, rounds)


@contextmanager
def _two_processors() -> Iterator[int]:
    """This process, and the fphosts it starts, on the first; for the sender, the last."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield max(allowed)
    finally:
        os.sched_setaffinity(0, allowed)


def _take_turns(far: FarHost, args: Path | None, modules: Mapping[str, Path], rounds: int) -> Turns:
    chance = Random(0)
    trial = _run(far, args, modules[REFERENCE], TRIAL_PACKETS)
    packets = int(trial.rate * TURN_SECONDS)
    turns: dict[str, list[Turn]] = {name: [] for name in modules}
    for _ in range(rounds):
        for name in chance.sample(list(modules), len(modules)):
            turns[name].append(_run(far, args, modules[name], packets))
    return turns


def _run(far: FarHost, args: Path | None, module: Path, packets: int) -> Turn:
    """The build is fpcc's own, verified when it was made: it may go as a path."""
    wire = {"type": "af_packet", "interface": far.near}
    node = Node("nf", module, args, {"budget_us": BUDGET_US})
    plan = RunPlan({**wire, "packets": packets}, wire, (node,), allow_unprotected=True, allow_unverified=True)
    before = far.count_received()
    with start_host("run", plan.to_host({})) as host:
        events = {event["event"]: event for event in host.events()}
        said = host.said()
    _check(events, far.count_received() - before, f"{module.stem}: {said}")
    done = events["done"]
    missed = done["drops"].get("missed by the input", 0)
    return Turn(done["in"] - missed, missed, done["seconds"], done["cpu_seconds"])


def _check(events: Mapping[str, Event], arrived: int, where: str) -> None:
    """Every packet is where fphost says it is."""
    done = events.get("done")
    if done is None or "error" in events or "fault" in events or done["interrupted"]:
        raise BenchFailed(f"{where}: a turn did not come to its end")
    if unexpected := done["drops"].keys() - _EXPECTED:
        raise BenchFailed(f"{where}: packets were lost: {', '.join(sorted(unexpected))}")
    if arrived != done["out"]:
        raise BenchFailed(f"{where}: {done['out']:,} packets were sent back, and {arrived:,} arrived")
