"""macswap between two devices of DPDK that cost nothing: ours beside DPDK's own test program, turn by turn.

    python -m bench.dpdk_macswap [--serve] [--rounds N] [--seconds S] [--batch N]

Packets are made up by one net_null and forgotten by another, so what is measured is the path of a packet
through either program: driver, host or testpmd, exchange of addresses, driver. testpmd forwards in both
directions, and all its packets count. Speeds are per second of processor time of the forwarding thread: what
other processes take does not count. Ratios are those of one round, with the interval of their median. With
--serve ours is a graph of `fphost serve`, all of whose threads count.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.examples import REPO
from bench.host.plane import graph, node, running
from bench.markdown import make_table
from bench.testpmd import PROGRAM, Speed, processor_seconds, run_testpmd
from fpcc.benchmark.interval import Interval, median_interval
from fpcc.benchmark.variants import Source, Variant, build_variants
from fpcc.errors import FpccError, InternalError
from fpcc.host_process import HostProcess
from fpcc.run_options import RunOptions, plan_run
from fpcc.verified_modules import start_run

SOURCE = Source((REPO / "examples/nfs/macswap.c",))
VARIANTS = (Variant("none", "none"), Variant("wonly", "compare"), Variant("wonly", "segment"))
DEVICES = ("net_null0", "net_null1")
CPUS = sorted(os.sched_getaffinity(0))
WARM_UP = 0.3  # seconds

Runner = Callable[[], Speed]
RunModule = Callable[[Path, int, float], Speed]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.dpdk_macswap", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one turn; default: 2")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--serve", action="store_true", help="through a graph, not a chain")
    given = parser.parse_args(words)
    try:
        with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
            runners = make_runners(
                Path(name), given.batch, given.seconds, run_serve if given.serve else run_fphost
            )
            print(describe(measure(runners, given.rounds)), end="")
    except FpccError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make_runners(directory: Path, batch: int, seconds: float, run: RunModule) -> dict[str, Runner]:
    """What takes turns, by name: testpmd, and `run` with a module of each variant.

    A worker of a graph is bound to a processor; so is testpmd then, to the same."""
    cpus = str(CPUS[0]) if run is run_serve else ",".join(map(str, CPUS))
    modules = build_variants(SOURCE, VARIANTS, directory)
    runners: dict[str, Runner] = {PROGRAM: partial(run_testpmd, DEVICES, batch, cpus, seconds)}
    for variant, module in modules.items():
        runners[variant.name] = partial(run, module, batch, seconds)
    return runners


def measure(runners: Mapping[str, Runner], rounds: int) -> dict[str, list[Speed]]:
    """Each runner once a round, every other round in the opposite order."""
    speeds: dict[str, list[Speed]] = {name: [] for name in runners}
    for number in range(rounds):
        for name in list(runners)[:: 1 if number % 2 == 0 else -1]:
            speeds[name].append(runners[name]())
    return speeds


def run_fphost(module: Path, batch: int, seconds: float) -> Speed:
    """One turn of fphost, from one device to the other."""
    source, sink = (f"dpdk:{name}" for name in DEVICES)
    plan = plan_run(RunOptions((module,), (), source, sink, batch=batch, allow_unprotected=True))
    with start_run(plan) as host:
        packets, spent, started = _observe(host, WARM_UP)
        more, then, ended = _observe(host, seconds)
        host.stop()
        for _ in host.events():
            pass
    return Speed(more - packets, then - spent, ended - started)


def run_serve(module: Path, batch: int, seconds: float) -> Speed:
    """One turn of the graph: an input, the module and an output, on one worker."""
    nodes = [
        node("in", "input", type="dpdk", device=DEVICES[0]),
        node("nf", "module", module=str(module)),
        node("out", "output", type="dpdk", device=DEVICES[1]),
    ]
    edges = [{"from": "in", "to": "nf"}, {"from": "nf", "to": "out"}]
    with running(graph([{"name": "a"}], (nodes, edges), cores=CPUS[:1], batch=batch)) as plane:
        plane.watch(WARM_UP)
        before = _all_threads(plane.process.pid)
        window = plane.watch(seconds)
        spent = _all_threads(plane.process.pid) - before
    return Speed(int(window.of_node("out", "sent")), spent, window.seconds)


def _all_threads(process: int) -> float:
    return sum(processor_seconds(process, int(task.name)) for task in Path(f"/proc/{process}/task").iterdir())


def _observe(host: HostProcess, seconds: float) -> tuple[int, float, float]:
    """After that time: packets, processor time of the thread that runs them, and the time."""
    end = time.monotonic() + seconds
    for event in host.events():
        now = time.monotonic()
        if event["event"] == "progress" and now >= end:
            return event["in"], processor_seconds(host.process.pid, host.process.pid), now
        if event["event"] in ("fault", "error"):
            raise InternalError("bench", f"macswap: {event}")
    raise InternalError("bench", f"fphost has ended early: {host.said()}")


def describe(speeds: Mapping[str, Sequence[Speed]]) -> str:
    """A table in Markdown."""
    titles = ("macswap", "Mpps per core", "ns a packet", "Mpps by the clock", "of testpmd's")
    return make_table(titles, [_row(name, turns, speeds[PROGRAM]) for name, turns in speeds.items()])


def _row(name: str, turns: Sequence[Speed], peer: Sequence[Speed]) -> tuple[str, ...]:
    speed = median_interval([turn.per_core for turn in turns])
    clock = median_interval([turn.rate for turn in turns])
    ratio = median_interval(
        [ours.per_core / theirs.per_core for ours, theirs in zip(turns, peer, strict=True)]
    )
    return (name, _show(speed, 1), f"{1000 / speed.median:.1f}", f"{clock.median:.1f}", _show(ratio, 2))


def _show(interval: Interval, digits: int) -> str:
    return f"{interval.median:.{digits}f} ({interval.low:.{digits}f} to {interval.high:.{digits}f})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
