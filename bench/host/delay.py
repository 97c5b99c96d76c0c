"""How long a packet is under way in the host at half the load it can carry.

An input at a fixed rate gives each packet the time it was due at as its time stamp, whether the host was
there to take it or not; the last NF before the output, delay.c, looks at the clock. So all waiting counts,
for the host and for other packets, in whatever queue.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median

from bench.host.branch import branch
from bench.host.figure import ROUNDS, SECONDS, Figure, Modules, module_node
from bench.host.plane import Json, Plane, graph, line, running
from fpcc.errors import InternalError

MOST_US = 100
Parts = tuple[list[Json], list[Json]]


def delay(modules: Modules) -> list[Figure]:
    """Through a three-way branch that comes together again, and through the same NFs in a row."""
    last = module_node("delay", "a", modules.delay)
    row = [module_node(name, "a", modules.nothing) for name in ("first", "second")]
    ways: dict[str, Callable[..., Parts]] = {
        "branch": lambda **traffic: branch(modules, last, **traffic),
        "row": lambda **traffic: line("a", *row, last, **traffic),
    }
    found: dict[str, list[Json]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, make in ways.items():
            found[name].append(_measure(make))
    p99 = {name: median(entry["p99"] for entry in entries) / 1000 for name, entries in found.items()}
    p50 = median(entry["p50"] for entry in found["branch"]) / 1000
    rate = median(entry["rate"] for entry in found["branch"]) / 1e6
    most = f"≤ {MOST_US} µs"
    return [
        Figure(
            "through a branch at half load, 99 % within", p99["branch"], "µs", most, p99["branch"] <= MOST_US
        ),
        Figure("through a branch at half load, half within", p50, "µs"),
        Figure("half load of the branch", rate, "million packets/s"),
        Figure("through as many NFs in a row, 99 % within", p99["row"], "µs"),
    ]


def _measure(make: Callable[..., Parts]) -> Json:
    """What delay.c says of packets at half the rate the host takes without one."""
    tenants = [{"name": "a"}]
    with running(graph(tenants, make())) as plane:
        plane.watch(0.1)
        rate = plane.watch(SECONDS / 4).rate("delay") / 2
    with running(graph(tenants, make(rate=round(rate)))) as plane:
        plane.watch(SECONDS / 2)
        return {**find_delays(plane), "rate": rate}


def find_delays(plane: Plane) -> Json:
    """Ends the host; what delay.c said then, nanoseconds by name."""
    said = [event["text"] for event in plane.finish() if event["event"] == "log" and event["node"] == "delay"]
    found: Json = json.loads(said[0]) if len(said) == 1 else {}
    if not found.get("packets"):
        raise InternalError("bench", f"no packet came to delay.c: {said}")
    return found
