"""A three-way branch whose ways come together again."""

from __future__ import annotations

from typing import Any

from bench.host.figure import Modules, module_node
from bench.host.plane import Json, line

BRANCHES = ("branch0", "branch1", "branch2")


def branch(modules: Modules, *behind: Json, **traffic: Any) -> tuple[list[Json], list[Json]]:
    """Packets take the three ways by turns, then come to `behind` and the output: nodes and edges."""
    split = module_node("split", "a", modules.split)
    nodes, edges = line("a", split, *behind, **traffic)
    meeting = behind[0]["name"] if behind else "a.out"
    edges.remove({"from": "split", "to": meeting})
    for gate, name in enumerate(BRANCHES):
        nodes.append(module_node(name, "a", modules.nothing))
        edges.append({"from": "split", "gate": gate, "to": name})
        edges.append({"from": name, "to": meeting})
    return nodes, edges
