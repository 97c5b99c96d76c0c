"""From TOML to a graph. Whatever is wrong is an InputError: `file:line: what: why, and what is allowed`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from fpcc.graph_keys import Keys, show_value
from fpcc.graphs.access import read_access, read_marks
from fpcc.graphs.checks import check_graph, check_part
from fpcc.graphs.document import Document
from fpcc.graphs.keys import (
    EDGE,
    HOST,
    KINDS,
    OWN,
    PART,
    PLACED,
    PORTS,
    SETTINGS,
    STEERED,
    STEERS,
    TENANT,
    TOP,
)
from fpcc.graphs.model import Edge, GraphNode, ServeGraph
from fpcc.graphs.toml_lines import Place
from fpcc.run_plan import check_module_path


def read_serve_graph(document: Document) -> ServeGraph:
    """The graph of a document, checked as a whole. Raises InputError."""
    if "input" in document.top or "output" in document.top:
        place: Place = ("input",) if "input" in document.top else ("output",)
        raise document.error(
            place, "this is the chain of `fpcc run`; in a graph, inputs and outputs are [[node]]s"
        )
    document.check_table((), TOP)
    host = _read_host(document)
    control = host.pop("control", None)
    graph = ServeGraph(
        forever=host.pop("forever", False),
        control=None if control is None else Path(control),
        host=host,
        tenants=tuple(_read_tenant(document, place) for place in _places(document, "tenant")),
        nodes=_read_nodes(document, ""),
        edges=_read_edges(document),
        access=read_access(document),
    )
    check_graph(graph, document)
    return graph


def is_part(document: Document) -> bool:
    """Whether the document is a tenant's part of a graph: it names the tenant in place of describing it."""
    return isinstance(document.top.get("tenant"), str)


def read_part(document: Document) -> ServeGraph:
    """A tenant's part of a graph, as far as it can be checked by itself: what its edges lead to in the rest
    only the host knows. Raises InputError."""
    top = document.check_table((), PART)
    tenant = top["tenant"]
    part = ServeGraph(
        host={},
        tenants=({"name": tenant, **{key: top[key] for key in SETTINGS if key in top}},),
        nodes=_read_nodes(document, tenant),
        edges=_read_edges(document),
        part_of=tenant,
    )
    check_part(part, document)
    return part


def _places(document: Document, kind: str) -> list[Place]:
    return [(kind, index) for index in range(len(document.top.get(kind, ())))]


def _read_host(document: Document) -> dict[str, Any]:
    if "host" not in document.top:
        return {}
    document.check_table(("host",), HOST)
    return document.resolve(("host",), HOST)


def _read_tenant(document: Document, place: Place) -> dict[str, Any]:
    table = document.check_table(place, TENANT)
    return {key: value for key, value in table.items() if key != "rights"}


def _read_nodes(document: Document, tenant: str) -> tuple[GraphNode, ...]:
    """`tenant`: whose they all are; "": each says it."""
    return tuple(_read_node(document, place, tenant) for place in _places(document, "node"))


def _read_edges(document: Document) -> tuple[Edge, ...]:
    return tuple(_read_edge(document, place) for place in _places(document, "edge"))


def _read_node(document: Document, place: Place, tenant: str) -> GraphNode:
    keys = _keys_of(document, place)
    placed = {**(OWN if tenant else PLACED), **(STEERED if document.table(place)["kind"] == "input" else {})}
    table = document.check_table(place, {**placed, **keys})
    steer = _choose(document, place, "steer", STEERS) if "steer" in table else ""
    options = document.resolve(place, keys)
    module = options.pop("module", None)
    if module is not None:
        check_module_path(Path(module), f"{document.where((*place, 'module'))}: ")
    return GraphNode(
        table["name"],
        tenant or table["tenant"],
        table["kind"],
        table.get("worker"),
        options,
        None if module is None else Path(module),
        marks=read_marks(document, place),
        steer=steer,
    )


def _keys_of(document: Document, place: Place) -> Keys:
    """The keys that a node of its kind, with a port of its type, has."""
    kind = _choose(document, place, "kind", KINDS)
    if kind not in PORTS:
        return KINDS[kind]
    return PORTS[kind][_choose(document, place, "type", PORTS[kind])]


def _choose(document: Document, place: Place, key: str, known: Collection[str]) -> str:
    """The value of a key that must be one of the names `known`."""
    value = document.table(place).get(key)
    names = " or ".join(f'"{name}"' for name in known)
    if value is None:
        raise document.error(place, f'the key "{key}" is missing; it is {names}')
    if not isinstance(value, str) or value not in known:
        raise document.error((*place, key), f"must be {names}, not {show_value(value)}")
    return value


def _read_edge(document: Document, place: Place) -> Edge:
    table = document.check_table(place, EDGE)
    return Edge(
        table["from"],
        table.get("gate", 0),
        table["to"],
        table.get("filter", ""),
        table.get("locked", False),
        table.get("default", False),
    )
