"""Whether packets are lost or overtake each other while the graph changes and flow groups move.

All packets leave by one output, through a pipe into a second fphost whose only NF, order.c, looks at each.
The time stamp that the input gives a packet is its number, so those of a flow must come with ever later ones.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.host.accounts import total
from bench.host.figure import Figure, Modules, work_node
from bench.host.plane import Json, Plane, graph, line, node, running
from fpcc.errors import InternalError
from fpcc.paths import host_program

CHANGES = 100
GROUPS = 128  # of an input's flows


@dataclass(frozen=True)
class Arrived:
    """What order.c counted."""

    seen: int
    flows: int
    late: int


def order(modules: Modules) -> list[Figure]:
    """A hundred changes of the graph and as many moves of flow groups, on two workers."""
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        pipe = Path(name, "pipe")
        graphs = [_make_graph(modules, pipe, *extra) for extra in ((), (node("count", "counter"),))]
        with checking(modules.order, pipe) as checker, running(graphs[0]) as plane:
            disturb(plane, graphs)
            report = plane.finish()[-1]["report"]
            arrived = read_arrived(checker)
    lost = total(report, "received") - arrived.seen
    return [
        Figure(f"packets lost in {CHANGES} changes and {CHANGES} moves", lost, "", "0", lost == 0),
        Figure("packets that overtook one of their flow", arrived.late, "", "0", arrived.late == 0),
        Figure("packets looked at meanwhile", arrived.seen / 1e6, f"million of {arrived.flows:,} flows"),
    ]


def _make_graph(modules: Modules, pipe: Path, *extra: Json) -> Json:
    nodes, edges = line("a", work_node(modules, "a", 10), *extra)
    nodes[-1]["options"] = {"type": "pcap", "path": str(pipe)}
    return graph([{"name": "a"}], (nodes, edges), cores=(0, 1))


def disturb(plane: Plane, graphs: Sequence[Json]) -> None:
    """Moves flow groups at random and changes the graph, by turns; packets flow between any two."""
    chance = Random(1)
    for number in range(1, CHANGES + 1):
        plane.ask(do="steer", node="a.in", workers=[chance.randrange(2) for _ in range(GROUPS)])
        _wait_for_packets(plane)
        plane.ask(do="update", graph=graphs[number % 2])
        _wait_for_packets(plane)


def _wait_for_packets(plane: Plane) -> None:
    before = total(plane.report(), "received")
    while total(plane.report(), "received") <= before:
        time.sleep(0.001)


@contextmanager
def checking(module: Path, pipe: Path) -> Iterator[subprocess.Popen[str]]:
    """A second host that reads the pipe, which is made, until its writer ends."""
    os.mkfifo(pipe)
    config = {
        "input": {"type": "pcap", "path": str(pipe)},
        "output": {"type": "null"},
        "chain": [{"name": "order", "module": str(module)}],
        "batch": 64,
        "allow_unverified": True,
    }
    file = pipe.with_suffix(".json")
    file.write_text(json.dumps(config))
    command = [str(host_program()), "run", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def read_arrived(checker: subprocess.Popen[str]) -> Arrived:
    """Once the pipe's writer has ended."""
    said, _ = checker.communicate()
    events = [json.loads(line) for line in said.splitlines()]
    found = [event["counters"] for event in events if event["event"] == "counters"]
    if len(found) != 1 or checker.returncode:
        raise InternalError("bench", f"the host that checks the order failed: {said[-400:]}")
    return Arrived(**found[0])
