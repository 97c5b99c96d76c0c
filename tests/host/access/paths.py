"""Mandatory rules by another way than the host's: every path is written out and looked at."""

from __future__ import annotations

from collections.abc import Iterator

from tests.host.engine.graphs import Json

Path = tuple[str, ...]


def edges_in_force(graph: Json) -> list[tuple[str, str]]:
    """From where to where packets go: a default edge counts if no other leaves its gate."""
    gates: dict[tuple[str, int], list[Json]] = {}
    for edge in graph["edges"]:
        gates.setdefault((edge["from"], edge.get("gate", 0)), []).append(edge)
    chosen = [[edge for edge in edges if not edge.get("default")] or edges for edges in gates.values()]
    return [(edge["from"], edge["to"]) for edges in chosen for edge in edges]


def all_paths(edges: list[tuple[str, str]], start: str) -> Iterator[Path]:
    """Every way a packet can take from `start` to where no edge leaves."""
    ends = [target for source, target in edges if source == start]
    if not ends:
        yield (start,)
    for end in dict.fromkeys(ends):
        for rest in all_paths(edges, end):
            yield (start, *rest)


def broken(graph: Json) -> list[Path]:
    """Paths on which an output or a node that a tenant put there comes before the node of a rule.

    Drops may come before: what is gone has not passed by.
    """
    edges = edges_in_force(graph)
    return [
        path
        for rule in graph["access"]["mandatory"]
        for path in all_paths(edges, rule["from"])
        if _breaks(graph, path, rule["through"])
    ]


def _breaks(graph: Json, path: Path, through: str) -> bool:
    before = path[1:]
    if through in before:
        before = before[: before.index(through)]
    seen = [node for node in graph["nodes"] if node["name"] in before and node["kind"] != "drop"]
    return any(node["kind"] == "output" or "by" in node for node in seen)
