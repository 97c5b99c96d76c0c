"""What must be true of a graph as a whole, checked in the words of its file; the host checks it again."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable

from fpcc.abi import abi
from fpcc.errors import InputError
from fpcc.graphs.access_checks import check_access
from fpcc.graphs.document import Document
from fpcc.graphs.model import SINKS, SOURCES, Edge, GraphNode, ServeGraph, edges_in_force
from fpcc.graphs.toml_lines import Place

_SHOWN = 12  # names of a list in an error


def check_graph(graph: ServeGraph, document: Document) -> None:
    """Raises InputError, at the place in the document."""
    _check_names("tenant", [tenant["name"] for tenant in graph.tenants], document)
    _check_names("node", [node.name for node in graph.nodes], document)
    _check_workers(graph, document)
    _check_references(graph, document)
    check_access(graph, document)
    _check_edges(graph, document)
    _check_exits(graph, document)
    _check_classifiers(graph, document)
    _check_cycles(graph, document)
    _check_reached(graph, document)


def check_part(part: ServeGraph, document: Document) -> None:
    """What must be true of a tenant's part, whatever the rest of the graph is. Raises InputError."""
    _check_names("node", [node.name for node in part.nodes], document)
    _check_edges(part, document)
    _check_classifiers(part, document)
    _check_cycles(part, document)


def _check_names(kind: str, names: list[str], document: Document) -> None:
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        if name in first:
            line = document.lines.line_of((kind, first[name], "name"))
            raise document.error((kind, index, "name"), f"the {kind} of line {line} has this name, too")
        first[name] = index


def _check_references(graph: ServeGraph, document: Document) -> None:
    tenants = dict.fromkeys(str(tenant["name"]) for tenant in graph.tenants)
    nodes = dict.fromkeys(node.name for node in graph.nodes)
    for index, node in enumerate(graph.nodes):
        if node.tenant not in tenants:
            reason = f'there is no tenant "{node.tenant}"; there are {_list(tenants)}'
            raise document.error(("node", index, "tenant"), reason)
    for index, edge in enumerate(graph.edges):
        ends = {"from": edge.source, "to": edge.target}
        for key in (key for key, name in ends.items() if name not in nodes):
            reason = f'there is no node "{ends[key]}"; there are {_list(nodes)}'
            raise document.error(("edge", index, key), reason)


def _list(names: Iterable[str]) -> str:
    known = list(names)
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more


def _check_workers(graph: ServeGraph, document: Document) -> None:
    count = len(graph.host.get("cores", [0]))
    for index, tenant in enumerate(graph.tenants):
        place: Place = ("tenant", index, "workers")
        for worker in tenant.get("workers", ()):
            _check_worker(place, worker, count, document)
        rights = graph.access.get("tenants", {}).get(tenant["name"], {})
        for worker in rights.get("workers", ()):
            _check_worker(("tenant", index, "rights", "workers"), worker, count, document)
    for index, node in enumerate(graph.nodes):
        if node.worker is not None:
            _check_worker(("node", index, "worker"), node.worker, count, document)


def _check_worker(place: Place, worker: int, count: int, document: Document) -> None:
    if not 0 <= worker < count:
        known = "there is only worker 0" if count == 1 else f"there are workers 0 to {count - 1}"
        raise document.error(place, f"there is no worker {worker}; {known}, one for each of host.cores")


def _check_edges(graph: ServeGraph, document: Document) -> None:
    nodes = {node.name: node for node in graph.nodes}
    gates = abi().number("FP_GATES")
    taken: dict[tuple[str, int, bool], int] = {}  # the unfiltered edge of a gate, and its default
    for index, edge in enumerate(graph.edges):
        place: Place = ("edge", index)
        if reason := _find_wrong_end(edge, nodes):
            raise document.error(place, reason)
        if not 0 <= edge.gate < gates:
            raise document.error((*place, "gate"), f"is {edge.gate}; allowed are 0 to {gates - 1}")
        if edge.default and edge.filter:
            raise document.error((*place, "filter"), "a default edge is for all packets, and has no filter")
        key = (edge.source, edge.gate, edge.default)
        if not edge.filter and (first := taken.setdefault(key, index)) != index:
            raise document.error(place, _say_taken(edge, first, document))


def _find_wrong_end(edge: Edge, nodes: dict[str, GraphNode]) -> str:
    source, target = nodes.get(edge.source), nodes.get(edge.target)  # none: in the rest of the graph
    if source and source.kind in SINKS:
        return f'nothing leaves node "{source.name}": it is of kind {source.kind}'
    if target and target.kind in SOURCES:
        return f'nothing enters node "{target.name}": it is of kind {target.kind}'
    return ""


def _say_taken(edge: Edge, first: int, document: Document) -> str:
    line = document.lines.line_of(("edge", first))
    gate = f'gate {edge.gate} of node "{edge.source}"'
    if edge.default:
        return f"{gate} has the default edge of line {line} already"
    return f"{gate} has the edge of line {line} already; a filter could part them"


def _check_exits(graph: ServeGraph, document: Document) -> None:
    leaving = {(edge.source, edge.gate) for edge in graph.edges}
    for index, node in enumerate(graph.nodes):
        if node.kind not in SINKS and (node.name, 0) not in leaving:
            raise document.error(("node", index), "gate 0 leads nowhere; an edge from it is needed")


def _check_classifiers(graph: ServeGraph, document: Document) -> None:
    filtered = {edge.source for edge in graph.edges if edge.filter}
    for index, node in enumerate(graph.nodes):
        if node.kind == "classifier" and node.name not in filtered:
            raise document.error(("node", index), "a classifier, but no edge from it has a filter")


def _check_cycles(graph: ServeGraph, document: Document) -> None:
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for edge in edges_in_force(graph.edges):
        sorter.add(edge.target, edge.source)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        raise _say_cycle(error.args[1], graph.edges, document) from error


def _say_cycle(names: list[str], edges: tuple[Edge, ...], document: Document) -> InputError:
    """At the edge that closes the circle; it begins where the file has it first."""
    circle = names[:-1]
    in_force = set(edges_in_force(edges))
    ends = [(edge.source, edge.target) if edge in in_force else ("", "") for edge in edges]
    first = min(circle, key=lambda name: min(i for i, end in enumerate(ends) if end[0] == name))
    start = circle.index(first)
    path = [*circle[start:], *circle[:start], first]
    closing = ends.index((path[-2], path[-1]))
    return document.error(("edge", closing), f"packets would go in a circle: {' -> '.join(path)}")


def _check_reached(graph: ServeGraph, document: Document) -> None:
    reached = _find_reached(
        edges_in_force(graph.edges), (node.name for node in graph.nodes if node.kind in SOURCES)
    )
    for index, node in enumerate(graph.nodes):
        if node.name not in reached:
            raise document.error(("node", index), "no input leads to it")


def _find_reached(edges: Iterable[Edge], sources: Iterable[str]) -> set[str]:
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(edge.target)
    reached, waiting = set[str](), list(sources)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += targets.get(name, [])
    return reached
