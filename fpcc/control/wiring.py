"""Where the gates of a graph in force lead."""

from __future__ import annotations

from dataclasses import dataclass

from fpcc.graphs.model import Json


@dataclass(frozen=True)
class Way:
    source: str
    gate: int
    target: str


def find_ways(graph: Json) -> dict[str, list[Way]]:
    """The ways out of each node, by gate; default edges only where they count."""
    ways: dict[str, list[Way]] = {}
    led = {(edge["from"], edge.get("gate", 0)) for edge in graph["edges"] if not edge.get("default")}
    for edge in graph["edges"]:
        if edge.get("default") and (edge["from"], edge.get("gate", 0)) in led:
            continue
        ways.setdefault(edge["from"], []).append(Way(edge["from"], edge.get("gate", 0), edge["to"]))
    return {name: sorted(leaving, key=lambda way: way.gate) for name, leaving in ways.items()}


def sources_of(graph: Json) -> list[str]:
    """The nodes that nothing leads to: inputs, and what a tenant sees no input of."""
    entered = {way.target for ways in find_ways(graph).values() for way in ways}
    return [node["name"] for node in graph["nodes"] if node["name"] not in entered]
