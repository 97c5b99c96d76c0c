"""A graph as a tree of text, in ASCII: below each node what its gates lead to, with what flows there.

A node that several edges lead to is drawn where the first does; the others say `see above`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fpcc.control.rates import NodeRate, Rates
from fpcc.control.tables import show_rate
from fpcc.control.wiring import Way, find_ways, sources_of
from fpcc.graphs.model import Json
from fpcc.reports.visible import make_visible

_TITLES = ("kind", "tenant", "packets/s", "cycles/packet", "batch", "queue", "drops/s")
_NUMBERS = 2  # columns from here on are numbers


@dataclass(frozen=True)
class Line:
    """A node in the tree, or where to find it."""

    left: str
    cells: tuple[str, ...]


def write_text(graph: Json, rates: Rates) -> str:
    """The tree under a line of titles."""
    lines = [Line("graph", _TITLES), *_draw(graph, {node.name: node for node in rates.nodes})]
    left = max(len(line.left) for line in lines)
    widths = [max(len(line.cells[i]) for line in lines) for i in range(len(_TITLES))]
    return "".join(f"{_join(line, left, widths)}\n" for line in lines)


def _join(line: Line, left: int, widths: list[int]) -> str:
    cells = (
        cell.ljust(width) if i < _NUMBERS else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(line.cells, widths, strict=True))
    )
    return "  ".join([line.left.ljust(left), *cells]).rstrip()


def _draw(graph: Json, rates: dict[str, NodeRate]) -> Iterator[Line]:
    """Depth first, without recursion: a graph may be thousands of nodes deep."""
    ways = find_ways(graph)
    nodes = {node["name"]: node for node in graph["nodes"]}
    drawn: set[str] = set()
    waiting = [("", "", Way("", 0, name)) for name in reversed(sources_of(graph))]
    while waiting:
        before, branch, way = waiting.pop()
        name, indent = make_visible(way.target), before + _below(branch)
        if way.target in drawn:
            yield Line(f"{before}{branch}{name}, see above", _cells_of_way(way, rates))
            continue
        drawn.add(way.target)
        yield Line(f"{before}{branch}{name}", _cells(nodes[way.target], rates.get(way.target)))
        below = ways.get(way.target, [])
        last = len(below) - 1
        waiting += reversed(
            [(indent, f"{'`' if i == last else '|'}-{w.gate}-> ", w) for i, w in enumerate(below)]
        )


def _below(branch: str) -> str:
    """What stands below a branch: its line goes on unless it was the last."""
    return "" if not branch else "|  " if branch[0] == "|" else "   "


def _cells(node: Json, rate: NodeRate | None) -> tuple[str, ...]:
    names = (str(node["kind"]), make_visible(node["tenant"]))
    if rate is None:
        return (*names, *[""] * (len(_TITLES) - _NUMBERS))
    return (
        *names,
        show_rate(rate.rate),
        "" if rate.cycles is None else f"{rate.cycles:,.0f}",
        "" if rate.batch is None else f"{rate.batch:.1f}",
        f"{rate.queued:,}",
        show_rate(rate.drop_rate),
    )


def _cells_of_way(way: Way, rates: dict[str, NodeRate]) -> tuple[str, ...]:
    source = rates.get(way.source)
    rate = show_rate(source.gate_rates.get(way.gate, 0.0)) if source else ""
    return ("", "", rate, *[""] * (len(_TITLES) - _NUMBERS - 1))
