"""What must be true of rights, mandatory nodes and marks, in the words of the graph's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fpcc.abi import abi
from fpcc.graphs.document import Document
from fpcc.graphs.keys import KINDS
from fpcc.graphs.model import ServeGraph
from fpcc.graphs.toml_lines import Place

_MADE_BY_HAND = "filter"  # a kind of node that no file has, but a request may


def check_access(graph: ServeGraph, document: Document) -> None:
    """Raises InputError, at the place in the document."""
    names = [str(tenant["name"]) for tenant in graph.tenants]
    for name, rights in graph.access.get("tenants", {}).items():
        _check_rights(rights, ("tenant", names.index(name), "rights"), names, document)
    for index, rule in enumerate(graph.access.get("mandatory", ())):
        _check_rule(rule, ("access", "mandatory", index), graph, document)
    for index, node in enumerate(graph.nodes):
        place: Place = ("node", index)
        _check_known(node.marks.get("accept", ()), (*place, "accept"), names, document)
        for gate, tenants in node.marks.get("open_to", {}).items():
            _check_gate(gate, (*place, "open_to"), document)
            _check_known(tenants, (*place, "open_to", gate), names, document)


def _check_rights(rights: Mapping[str, Any], place: Place, names: list[str], document: Document) -> None:
    _check_known(rights.get("read", ()), (*place, "read"), ["own", "all", *names], document)
    _check_known(rights.get("kinds", ()), (*place, "kinds"), [*KINDS, _MADE_BY_HAND], document)


def _check_rule(rule: Mapping[str, str], place: Place, graph: ServeGraph, document: Document) -> None:
    nodes = [node.name for node in graph.nodes]
    for key in ("from", "through"):
        if rule[key] not in nodes:
            raise document.error((*place, key), f'there is no node "{rule[key]}"')
    if rule["from"] == rule["through"]:
        raise document.error((*place, "through"), "is the node of `from`, too")


def _check_gate(gate: str, place: Place, document: Document) -> None:
    gates = abi().number("FP_GATES")
    if gate not in map(str, range(gates)):
        raise document.error((*place, gate), f"is no gate; allowed are 0 to {gates - 1}")


def _check_known(found: Iterable[object], place: Place, known: list[str], document: Document) -> None:
    for name in found:
        if name not in known:
            shown = f'"{name}"' if isinstance(name, str) else str(name)
            raise document.error(place, f"{shown} is none of {', '.join(known)}")
