"""What a packet's way through a node costs: graphs with more nodes and with fewer, by turns in one host."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from statistics import median, quantiles

from bench.host.figure import BATCH, HOSTS, PAIRS, SECONDS, Figure, Modules, module_node
from bench.host.plane import Json, Plane, graph, line, node, running
from fpcc.paths import host_program

SHORT, LONG = 1, 9
MOST_NS = 3


def cost(modules: Modules) -> list[Figure]:
    """How much longer a packet takes for each further node that does nothing."""
    slopes: dict[str, list[float]] = {"module": [], "counter": []}
    crossings = []
    for _ in range(HOSTS):
        for kind, found in slopes.items():
            found += _measure_slopes(modules, kind)
        crossings.append(_measure_crossing())
    low, middle, high = quantiles(slopes["module"], n=4)
    name = "a packet's way through a module"
    return [
        Figure(name, middle, "ns", f"≤ {MOST_NS} ns", middle <= MOST_NS),
        Figure(f"{name}, a quarter of the pairs below", low, "ns"),
        Figure(f"{name}, a quarter of the pairs above", high, "ns"),
        Figure("the same, of entering and leaving alone", median(crossings), "ns"),
        Figure("a packet's way through a counter", median(slopes["counter"]), "ns"),
    ]


def _measure_slopes(modules: Modules, kind: str) -> list[float]:
    """Nanoseconds a node, of each pair; the machine may change its pace from one pair to the next."""
    graphs = {length: _make_graph(modules, kind, length) for length in (SHORT, LONG)}
    slopes = []
    with running(graphs[SHORT]) as plane:
        for pair in range(PAIRS):
            lengths = (SHORT, LONG) if pair % 2 else (LONG, SHORT)
            ns = {length: _measure(plane, graphs[length]) for length in lengths}
            slopes.append(slope(ns))
    return slopes


def slope(ns: dict[int, float]) -> float:
    """Of the time a packet takes, by the number of nodes."""
    return (ns[LONG] - ns[SHORT]) / (LONG - SHORT)


def _make_graph(modules: Modules, kind: str, length: int) -> Json:
    names: Sequence[str] = [f"n{i}" for i in range(length)]
    middle = [
        module_node(name, "a", modules.nothing) if kind == "module" else node(name, "counter")
        for name in names
    ]
    return graph([{"name": "a"}], line("a", *middle), batch=BATCH)


def _measure(plane: Plane, wanted: Json) -> float:
    """Nanoseconds of processor time for a packet."""
    plane.ask(do="update", graph=wanted)
    plane.watch(SECONDS / 40)
    window = plane.watch(SECONDS / 20)
    return window.of_tenant("a") / window.of_node("n0", "in") * 1e9


def _measure_crossing() -> float:
    """Nanoseconds a packet, in a loop that calls a function which does nothing as modules are called."""
    done = subprocess.run([host_program(), "bench-crossing"], stdout=subprocess.PIPE, check=True)
    crossing = json.loads(done.stdout)
    return float(crossing["ns"]) / int(crossing["batch"])
