"""What `make bench-host` measures: one function a figure, each a run of `fphost serve` of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.host.plane import Json, Plane, Window, graph, line, node, running

SECONDS = 2.0
ROUNDS = 5
BATCH = 32


@dataclass(frozen=True)
class Figure:
    """One row: a number, and what it should be."""

    what: str
    value: float
    unit: str
    target: str
    reached: bool


@dataclass(frozen=True)
class Modules:
    """What runs in the figures, built in wonly with lowering segment."""

    work: Path
    nothing: Path
    split: Path
    crash: Path
    macswap: Path
    rounds: dict[int, Path]  # argument files of work.c


def _work(modules: Modules, tenant: str, rounds: int) -> Json:
    return _module(f"{tenant}.nf", tenant, modules.work, args=str(modules.rounds[rounds]))


def _module(name: str, tenant: str, module: Path, **options: object) -> Json:
    return {**node(name, "module", tenant), "options": {"module": str(module), **options}}


def _shares(window: Window) -> tuple[float, float]:
    return window.of_tenant("a"), window.of_tenant("b")


def jain(shares: Sequence[float]) -> float:
    """Jain's index of fairness (Jain, Chiu and Hawe, 1984): 1 if all are equal."""
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))


def fairness(modules: Modules) -> list[Figure]:
    """Two tenants, one ten times as costly per packet, both with all the packets they can take."""
    found = []
    for weights, most in (((1, 1), 0.01), ((3, 1), 0.02)):
        tenants = [{"name": name, "weight": weight} for name, weight in zip("ab", weights, strict=True)]
        wanted = graph(tenants, line("a", _work(modules, "a", 10)), line("b", _work(modules, "b", 100)))
        with running(wanted) as plane:
            plane.watch(0.2)
            window = plane.watch(SECONDS)
        fair = [share / weight for share, weight in zip(_shares(window), weights, strict=True)]
        off = abs(fair[0] / fair[1] - 1)
        name = ":".join(map(str, weights))
        found.append(Figure(f"cycle shares {name}, off by", off * 100, "%", f"≤ {most:.0%}", off <= most))
        if weights == (1, 1):
            found.append(Figure("Jain's index", jain(fair), "", "≥ 0.999", jain(fair) >= 0.999))
        busy = sum(_shares(window)) / window.seconds
        found.append(Figure(f"core used, {name}", busy * 100, "%", "≥ 97 %", busy >= 0.97))
    return found


def flood(modules: Modules) -> list[Figure]:
    """Tenant a beside one with few, dear packets, and beside one that takes all it can get of cheap ones."""
    ratios = []
    for _ in range(ROUNDS):
        rates = [
            _rate_of_a(line("a", _work(modules, "a", 10)), line("b", other))
            for other in (_work(modules, "b", 100), _module("b.nf", "b", modules.nothing))
        ]
        ratios.append(rates[1] / rates[0])
    loss = 1 - median(ratios)
    return [Figure("throughput lost to a neighbour's flood", loss * 100, "%", "≤ 2 %", loss <= 0.02)]


def faults(modules: Modules) -> list[Figure]:
    """Tenant a beside one whose module works, and beside one whose module crashes in every tenth batch."""
    ratios = []
    for _ in range(ROUNDS):
        rates = [
            _rate_of_a(
                line("a", _work(modules, "a", 10)), line("b", _module("b.nf", "b", other, policy="restart"))
            )
            for other in (modules.nothing, modules.crash)
        ]
        ratios.append(rates[1] / rates[0])
    loss = 1 - median(ratios)
    return [Figure("throughput lost to a neighbour's faults", loss * 100, "%", "≤ 1 %", loss <= 0.01)]


def _rate_of_a(*parts: tuple[list[Json], list[Json]]) -> float:
    """Packets a second of tenant a."""
    with running(graph([{"name": "a"}, {"name": "b"}], *parts)) as plane:
        plane.watch(0.2)
        return plane.watch(SECONDS / 2).rate("a.nf")


def fragmentation(modules: Modules) -> list[Figure]:
    """A three-way branch at saturation."""
    nodes, edges = line("a", _module("split", "a", modules.split))
    for gate in range(3):
        nodes.append(_module(f"branch{gate}", "a", modules.nothing))
        edges.append({"from": f"branch{gate}", "to": "a.out"})
    edges = [edge for edge in edges if (edge["from"], edge["to"]) != ("split", "a.out")]
    edges += [{"from": "split", "gate": gate, "to": f"branch{gate}"} for gate in range(3)]
    with running(graph([{"name": "a"}], (nodes, edges))) as plane:
        window = plane.watch(SECONDS)
    least = min(window.batch(name) for name in ("split", "branch0", "branch1", "branch2"))
    return [Figure("smallest mean batch behind a branch", least, "of 32", "≥ 24", least >= 24)]


def cost(modules: Modules) -> list[Figure]:
    """How much longer a packet takes for each further node that does nothing."""
    slopes: dict[str, list[float]] = {"module": [], "counter": []}
    for _ in range(ROUNDS):
        for kind, found in slopes.items():
            short, long = (_ns_per_packet(modules, kind, length) for length in (1, 9))
            found.append((long - short) / 8)
    by_kind = {kind: median(found) for kind, found in slopes.items()}
    return [
        Figure("a packet's way through a module", by_kind["module"], "ns", "≤ 3 ns", by_kind["module"] <= 3),
        Figure("a packet's way through a counter", by_kind["counter"], "ns", "", True),
    ]


def _ns_per_packet(modules: Modules, kind: str, length: int) -> float:
    middle = [
        _module(f"n{i}", "a", modules.nothing) if kind == "module" else node(f"n{i}", "counter")
        for i in range(length)
    ]
    with running(graph([{"name": "a"}], line("a", *middle), batch=BATCH)) as plane:
        plane.watch(0.1)
        window = plane.watch(SECONDS / 4)
    return window.of_tenant("a") / window.of_node("n0", "in") * 1e9


def two_cores(modules: Modules) -> list[Figure]:
    """A tenant on each of two cores against one tenant on one."""
    ratios = []
    for _ in range(ROUNDS):
        one = _total(graph([{"name": "a"}], line("a", _work(modules, "a", 10))), "a")
        tenants = [{"name": "a", "workers": [0]}, {"name": "b", "workers": [1]}]
        parts = line("a", _work(modules, "a", 10)), line("b", _work(modules, "b", 10), worker=1)
        both = _total(graph(tenants, *parts, cores=(0, 1)), "a", "b")
        ratios.append(both / one)
    return [Figure("two cores carry", median(ratios), "times one's load", "≥ 1.9", median(ratios) >= 1.9)]


def _total(wanted: Json, *tenants: str) -> float:
    with running(wanted) as plane:
        plane.watch(0.2)
        window = plane.watch(SECONDS / 2)
    return sum(window.rate(f"{name}.nf") for name in tenants)


def changes(modules: Modules) -> list[Figure]:
    """A hundred changes of the graph under load."""
    graphs = [
        graph([{"name": "a"}], line("a", _work(modules, "a", 10), *extra))
        for extra in ((), (node("count", "counter"),))
    ]
    with running(graphs[0]) as plane:
        start = time.perf_counter()
        for i in range(100):
            plane.ask(do="update", graph=graphs[(i + 1) % 2])
        took = time.perf_counter() - start
        lost = _lost(plane)
    return [
        Figure("packets lost in 100 changes", lost, "", "0", lost == 0),
        Figure("one change takes", took * 10, "ms", "", True),
    ]


def _lost(plane: Plane) -> float:
    report = plane.report()
    received, sent, queued = (
        sum(n[field] for n in report["nodes"]) for field in ("received", "sent", "queued")
    )
    return float(received - sent - queued)


def density(modules: Modules) -> list[Figure]:
    """A thousand instances of a hundred tenants in one host."""
    tenants = [{"name": f"t{i}", "buffers": 128} for i in range(100)]
    parts = []
    for i in range(100):
        name = f"t{i}"
        middle = [_module(f"{name}.n{j}", name, modules.nothing) for j in range(10)]
        parts.append(line(name, *middle, count=64))
    start = time.perf_counter()
    with running(graph(tenants, *parts)) as plane:
        took = time.perf_counter() - start
        full = _resident_kib(plane)
    with running(graph(tenants[:1], parts[0])) as plane:
        empty = _resident_kib(plane)
    each = (full - empty) / 990
    return [
        Figure("memory of an instance, its image included", each, "KiB", "≤ 256 KiB", each <= 256),
        Figure("loading an instance", took, "ms", "≤ 2 ms", took <= 2),
    ]


def _resident_kib(plane: Plane) -> int:
    """Page tables too: an arena is large and sparse."""
    plane.watch(0.2)
    text = Path(f"/proc/{plane.process.pid}/status").read_text()
    values = dict(entry.split(":", 1) for entry in text.splitlines())
    return int(values["VmRSS"].split()[0]) + int(values["VmPTE"].split()[0])


FIGURES: tuple[Callable[[Modules], list[Figure]], ...] = (
    fairness,
    flood,
    faults,
    fragmentation,
    cost,
    two_cores,
    changes,
    density,
)
