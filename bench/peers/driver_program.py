"""Builds driver/, with what the kinds of peers need, and runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.peers.peer import PEERS, DriverPart, run_command
from fpcc.benchmark.contest import INSTANCES, PACKETS, REFERENCE, entrant_of
from fpcc.benchmark.measure import ROUND_NS, SITTING, BenchFailed, Rounds
from fpcc.errors import ToolError
from fpcc.paths import find_layout

# Of the host: the very packets, flow numbers and times that `fphost bench` hands out.
HOST_SOURCES = (
    "capture control error file flow frame netdev open options packet_ring pool port port_dpdk_absent "
    "port_af_packet_input port_af_packet_output port_null port_pcap_input port_pcap_output port_pool "
    "shared_capture traffic"
).split()
LIBRARIES = ("-ljansson", "-lpcap", "-ldl")


@dataclass(frozen=True)
class Entrant:
    """Something for the driver to run, under a name."""

    name: str
    kind: str
    path: Path


@dataclass(frozen=True)
class Job:
    """An NF, the packets of one pass, and how long they are run."""

    source: Path
    capture: Path
    drivers: Path  # directory that keeps the driver's programs: they are built once for all NFs
    args: Path | None = None
    batch: int = 32
    rounds: int = 51  # 0: the rehearsal only
    packets: int = PACKETS
    instances: int = INSTANCES  # of each entrant, averaged


@dataclass
class Outcome:
    """What the driver said."""

    rehearsed: Mapping[str, Any] = field(default_factory=dict)
    rounds: Rounds = field(default_factory=Rounds)


def find_driver() -> str:
    """What building the driver lacks, "" if nothing."""
    if not shutil.which("gcc"):
        return "gcc is missing (Debian: apt-get install gcc)"
    host = find_layout().include.parent / "host"
    return "" if host.is_dir() else "the host's sources are missing: peers are measured in a source checkout"


def build_driver(parts: Sequence[DriverPart], directory: Path) -> Path:
    """With these parts, of one process; in the directory, unless it is there. Raises ToolError."""
    output = directory / f"driver-{parts[0].process}"
    if output.exists():
        return output
    layout = find_layout()
    host = layout.include.parent / "host"
    sources = [*sorted((PEERS / "driver").glob("*.c")), *(host / f"{name}.c" for name in HOST_SOURCES)]
    sources += dict.fromkeys(source for part in parts for source in part.sources)
    flags = dict.fromkeys(flag for part in parts for flag in part.flags())
    warnings = ("-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror")
    includes = (f"-I{layout.include}", f"-I{host}", f"-I{PEERS / 'driver'}")
    # Exported: the host API, which the peers' shared objects call.
    command: list[str | Path] = [
        "gcc",
        *warnings,
        "-O2",
        *includes,
        "-rdynamic",
        "-o",
        output,
        *sources,
        *flags,
    ]
    run_command([*command, *LIBRARIES])
    return output


def run_driver(
    driver: Path, entrants: Sequence[Entrant], job: Job, environment: Mapping[str, str]
) -> Outcome:
    """The first entrant is the reference; BenchFailed if one leaves other packets. Raises ToolError.

    A new process begins as often as in a contest of ours, for the same reason (fpcc/benchmark/measure.py).
    """
    before = [str(driver), str(job.capture), str(job.packets), str(job.batch), str(job.args or "-")]
    after = [str(int(ROUND_NS / job.instances))]
    for node in _nodes(entrants, job):
        after += [node.kind, node.name, str(node.path)]
    outcome = Outcome()
    for begun in range(0, max(job.rounds, 1), SITTING):
        rounds = min(SITTING, job.rounds - begun)
        for event in _events([*before, str(rounds), *after], environment):
            _take(event, outcome, job)
    return outcome


def _take(event: Mapping[str, Any], outcome: Outcome, job: Job) -> None:
    if event["event"] == "rehearsed":
        outcome.rehearsed = event
        _compare(event, job)
    elif event["event"] == "round":
        outcome.rounds.add(event)


def _nodes(entrants: Sequence[Entrant], job: Job) -> Iterator[Entrant]:
    """All instances; every second turn of them goes backwards, as in a Contest."""
    for number in range(1, job.instances + 1):
        yield from (_copy(entrant, number) for entrant in entrants[:: 1 if number % 2 else -1])


def _copy(entrant: Entrant, number: int) -> Entrant:
    """An instance has a file of its own: the same one would not be loaded twice."""
    name = f"{entrant.name} ({number})"
    path = entrant.path.with_name(f"{name} {entrant.path.name}")
    shutil.copyfile(entrant.path, path)
    return Entrant(name, entrant.kind, path)


def _events(words: list[str], environment: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    env = {**os.environ, **environment}
    with subprocess.Popen(
        words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        said, messages = process.communicate()
    if process.returncode:
        raise ToolError(words, messages or f"ended with {process.returncode}", process.returncode)
    for line in said.splitlines():
        yield json.loads(line)


def _compare(rehearsed: Mapping[str, Any], job: Job) -> None:
    for variant in rehearsed["variants"]:
        difference = variant["differs"]
        if difference is None:
            continue
        name = entrant_of(variant["node"])
        where = "its counters are" if difference["packet"] < 0 else f"packet {difference['packet']} is"
        raise BenchFailed(
            f"{job.source.stem}: {where} not the same after {name} as after {REFERENCE}: {difference['how']}"
        )
