"""How fair the host is, and what tenants, branches, cores, changes and instances cost: one function each."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.host.branch import BRANCHES, branch
from bench.host.figure import HOSTS, PAIRS, ROUNDS, SECONDS, Figure, Modules, module_node, work_node
from bench.host.plane import Json, Plane, Window, graph, line, node, running


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
        wanted = graph(
            tenants, line("a", work_node(modules, "a", 10)), line("b", work_node(modules, "b", 100))
        )
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
    loss = _measure_loss(modules, work_node(modules, "b", 100), module_node("b.flood", "b", modules.nothing))
    return [Figure("throughput lost to a neighbour's flood", loss * 100, "%", "≤ 2 %", loss <= 0.02)]


def faults(modules: Modules) -> list[Figure]:
    """Tenant a beside one whose module works, and beside one whose module crashes in every tenth batch."""
    loss = _measure_loss(
        modules,
        module_node("b.nothing", "b", modules.nothing, policy="restart"),
        module_node("b.crash", "b", modules.crash, policy="restart"),
    )
    return [Figure("throughput lost to a neighbour's faults", loss * 100, "%", "≤ 1 %", loss <= 0.01)]


def _measure_loss(modules: Modules, harmless: Json, bad: Json) -> float:
    """Of tenant a beside the bad neighbour: the same instance, by turns, in several hosts."""
    tenants = [{"name": "a"}, {"name": "b"}]
    graphs = [graph(tenants, line("a", work_node(modules, "a", 10)), line("b", b)) for b in (harmless, bad)]
    ratios = []
    for _ in range(HOSTS):
        with running(graphs[0]) as plane:
            ratios += [_compare(plane, graphs, number % 2 == 1) for number in range(PAIRS)]
    return 1 - median(ratios)


def _compare(plane: Plane, graphs: Sequence[Json], turned: bool) -> float:
    """Tenant a's rate with the second graph, in parts of that with the first."""
    rates = [_rate_of_a(plane, wanted) for wanted in (reversed(graphs) if turned else graphs)]
    return rates[0] / rates[1] if turned else rates[1] / rates[0]


def _rate_of_a(plane: Plane, wanted: Json) -> float:
    """Packets a second of tenant a."""
    plane.ask(do="update", graph=wanted)
    plane.watch(SECONDS / 20)
    return plane.watch(SECONDS / 5).rate("a.nf")


def fragmentation(modules: Modules) -> list[Figure]:
    """A three-way branch at saturation."""
    with running(graph([{"name": "a"}], branch(modules))) as plane:
        window = plane.watch(SECONDS)
    least = min(window.batch(name) for name in ("split", *BRANCHES))
    return [Figure("smallest mean batch behind a branch", least, "of 32", "≥ 24", least >= 24)]


def two_cores(modules: Modules) -> list[Figure]:
    """A tenant on each of two cores against one tenant on one."""
    ratios = []
    for _ in range(ROUNDS):
        one = _total(graph([{"name": "a"}], line("a", work_node(modules, "a", 10))), "a")
        tenants = [{"name": "a", "workers": [0]}, {"name": "b", "workers": [1]}]
        parts = line("a", work_node(modules, "a", 10)), line("b", work_node(modules, "b", 10), worker=1)
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
        graph([{"name": "a"}], line("a", work_node(modules, "a", 10), *extra))
        for extra in ((), (node("count", "counter"),))
    ]
    took = []
    with running(graphs[0]) as plane:
        for i in range(100):
            start = time.perf_counter()
            plane.ask(do="update", graph=graphs[(i + 1) % 2])
            took.append(time.perf_counter() - start)
    return [Figure("one change takes", median(took) * 1000, "ms")]


def density(modules: Modules) -> list[Figure]:
    """A thousand instances of a hundred tenants in one host."""
    tenants = [{"name": f"t{i}", "buffers": 128} for i in range(100)]
    parts = []
    for i in range(100):
        name = f"t{i}"
        middle = [module_node(f"{name}.n{j}", name, modules.nothing) for j in range(10)]
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
