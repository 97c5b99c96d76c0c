"""Filters of edges become nodes: behind a gate whose edges have filters, a module tells packets apart.

Such a node is called NODE.filter (NODE.filter3 behind gate 3) and belongs to the tenant of NODE. Its gates
are the filters in the order of the file; the last one is for what none of them matches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fpcc.errors import FpccError
from fpcc.graphs.document import Document
from fpcc.graphs.model import Edge, GraphNode, ServeGraph


def insert_filters(graph: ServeGraph, document: Document) -> ServeGraph:
    """The graph without filters. Raises InputError at the first edge whose filter cannot be used."""
    nodes, edges = list(graph.nodes), [edge for edge in graph.edges if not _is_parted(edge, graph)]
    for source, gate in dict.fromkeys((edge.source, edge.gate) for edge in graph.edges if edge.filter):
        leaving = [edge for edge in graph.edges if (edge.source, edge.gate) == (source, gate)]
        node = _make_node(graph, leaving, document)
        nodes.append(node)
        edges.append(Edge(source, gate, node.name))
        ordered = sorted(leaving, key=lambda edge: not edge.filter)  # what is left goes by the last gate
        edges += [Edge(node.name, number, edge.target) for number, edge in enumerate(ordered)]
    return replace(graph, nodes=tuple(nodes), edges=tuple(edges))


def _is_parted(edge: Edge, graph: ServeGraph) -> bool:
    """Whether it begins at a gate that has filters."""
    return any(e.filter and (e.source, e.gate) == (edge.source, edge.gate) for e in graph.edges)


def _make_node(graph: ServeGraph, leaving: Sequence[Edge], document: Document) -> GraphNode:
    source = next(node for node in graph.nodes if node.name == leaving[0].source)
    name = f"{source.name}.filter{leaving[0].gate or ''}"
    first = next(index for index, edge in enumerate(graph.edges) if edge == leaving[0])
    if any(node.name == name for node in graph.nodes):
        raise document.error(("edge", first), f'its filter needs the name "{name}", which another node has')
    expressions = tuple(edge.filter for edge in leaving if edge.filter)
    try:
        built = _build(source.name, expressions)
    except FpccError as error:
        place = (
            "edge",
            next(index for index, edge in enumerate(graph.edges) if edge in leaving and edge.filter),
        )
        raise document.error((*place, "filter"), str(error)) from error
    return GraphNode(name, source.tenant, "module", built=built)


def _build(node: str, expressions: tuple[str, ...]) -> bytes:
    from fpcc.filters.build import build_branch  # needs libpcap, which graphs without filters do not
    from fpcc.filters.compile import Branch

    return build_branch(Branch(node, expressions))
