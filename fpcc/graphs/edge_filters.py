"""Filters of edges become nodes: behind a gate whose edges have filters, a module tells packets apart.

Such a node is called NODE.filter (NODE.filter3 behind gate 3) and belongs to the tenant of NODE; in a
tenant's part of a graph all are the tenant's, as TENANT.NODE.filter where NODE is not of its own making. Its
gates are the filters in the order of the file; the last one is for what none of them matches. Its module is
called filter-NODE, so that an operator can allow them by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fpcc.errors import FpccError
from fpcc.graphs.document import Document
from fpcc.graphs.model import Edge, GraphNode, ServeGraph

_HEAP = 4096  # bytes, the least there is: filters need none


def insert_filters(graph: ServeGraph, document: Document) -> ServeGraph:
    """The graph without filters. Raises InputError at the first edge whose filter cannot be used."""
    nodes, edges = list(graph.nodes), [edge for edge in graph.edges if not _is_parted(edge, graph)]
    for source, gate in dict.fromkeys((edge.source, edge.gate) for edge in graph.edges if edge.filter):
        leaving = [e for e in graph.edges if (e.source, e.gate) == (source, gate) and not e.default]
        node = _make_node(graph, leaving, document)
        nodes.append(node)
        edges.append(Edge(source, gate, node.name, locked=any(edge.locked for edge in leaving)))
        ordered = sorted(leaving, key=lambda edge: not edge.filter)  # what is left goes by the last gate
        edges += [Edge(node.name, i, edge.target, locked=edge.locked) for i, edge in enumerate(ordered)]
    return replace(graph, nodes=tuple(nodes), edges=tuple(edges))


def _is_parted(edge: Edge, graph: ServeGraph) -> bool:
    """Whether it begins at a gate that has filters. A default stays what it is: for when they are gone."""
    gates = {(e.source, e.gate) for e in graph.edges if e.filter}
    return not edge.default and (edge.source, edge.gate) in gates


def name_filter(graph: ServeGraph, edge: Edge) -> str:
    """The node that tells packets apart where the edge begins."""
    tenant = graph.part_of
    foreign = bool(tenant) and not edge.source.startswith(f"{tenant}.")
    return f"{f'{tenant}.' if foreign else ''}{edge.source}.filter{edge.gate or ''}"


def _find_owner(graph: ServeGraph, edge: Edge) -> str:
    return graph.part_of or next(node.tenant for node in graph.nodes if node.name == edge.source)


def _make_node(graph: ServeGraph, leaving: Sequence[Edge], document: Document) -> GraphNode:
    name, source = name_filter(graph, leaving[0]), leaving[0].source
    first = next(index for index, edge in enumerate(graph.edges) if edge == leaving[0])
    if any(node.name == name for node in graph.nodes):
        raise document.error(("edge", first), f'its filter needs the name "{name}", which another node has')
    expressions = tuple(edge.filter for edge in leaving if edge.filter)
    try:
        built = _build(source, expressions)
    except FpccError as error:
        place = (
            "edge",
            next(index for index, edge in enumerate(graph.edges) if edge in leaving and edge.filter),
        )
        raise document.error((*place, "filter"), str(error)) from error
    marks = {"locked": True} if any(edge.locked for edge in leaving) else {}
    owner, options = _find_owner(graph, leaving[0]), {"heap_bytes": _HEAP}
    return GraphNode(name, owner, "module", options=options, built=built, marks=marks)


def _build(node: str, expressions: tuple[str, ...]) -> bytes:
    from fpcc.filters.build import build_programs  # needs libpcap, which graphs without filters do not
    from fpcc.filters.compile import Branch, compile_branch

    return build_programs(compile_branch(Branch(node, expressions)), f"filter-{node}")
