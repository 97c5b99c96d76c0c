"""Where the gates of a graph in force lead."""

from __future__ import annotations

from dataclasses import dataclass

from fpcc.graphs.model import SOURCES, Json


@dataclass(frozen=True)
class Way:
    source: str
    gate: int
    target: str


def find_ways(graph: Json) -> dict[str, list[Way]]:
    """The ways out of each node, by gate."""
    ways: dict[str, list[Way]] = {}
    for edge in graph["edges"]:
        ways.setdefault(edge["from"], []).append(Way(edge["from"], edge.get("gate", 0), edge["to"]))
    return {name: sorted(leaving, key=lambda way: way.gate) for name, leaving in ways.items()}


def sources_of(graph: Json) -> list[str]:
    """The inputs."""
    return [node["name"] for node in graph["nodes"] if node["kind"] in SOURCES]
