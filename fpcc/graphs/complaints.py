"""What the host says against a graph, in the words of its file: there are rules that only the host knows."""

from __future__ import annotations

import re

from fpcc.errors import InputError
from fpcc.graphs.document import Document
from fpcc.graphs.model import ServeGraph
from fpcc.graphs.toml_lines import Place

_LISTED = re.compile(r"(tenant|node|edge)s\[(\d+)\](?:\.(\w+))?(?:\[\d+\])?:? (.*)", re.DOTALL)
_HOST = re.compile(r"(cores|batch|delay_us|tenants|nodes|edges)(?:\[\d+\])? (.*)", re.DOTALL)


def is_of_graph(said: str) -> bool:
    """Whether the host speaks of the graph, not of a module that it does not take."""
    return said.startswith(("configuration: ", "node "))


def explain_complaint(said: str, graph: ServeGraph, document: Document) -> InputError:
    """The host's words as an error at the place in the document, as far as they tell one. `graph` is as the
    document has it: nodes and edges that filters became have no place there."""
    text = said.removeprefix("configuration: ")
    if (found := _LISTED.fullmatch(text)) and _is_in(graph, found[1], int(found[2])):
        return document.error((found[1], int(found[2]), *filter(None, [found[3]])), found[4])
    if found := _HOST.fullmatch(text):
        place: Place = (found[1][:-1],) if found[1] in ("tenants", "nodes", "edges") else ("host", found[1])
        return document.error(place, found[2])
    for index, edge in enumerate(graph.edges):
        if text.startswith(f"edge {edge}: "):
            return document.error(("edge", index), text.removeprefix(f"edge {edge}: "))
    return _explain_by_node(text, graph, document)


def _is_in(graph: ServeGraph, kind: str, index: int) -> bool:
    """Whether the host's index is the document's: nodes that filters became come last, edges do not."""
    if kind == "edge":
        return not any(edge.filter for edge in graph.edges)
    return index < len({"tenant": graph.tenants, "node": graph.nodes}[kind])


def _explain_by_node(text: str, graph: ServeGraph, document: Document) -> InputError:
    """Longest names first: one may begin as another does."""
    nodes = sorted(enumerate(graph.nodes), key=lambda item: -len(item[1].name))
    for index, node in nodes:
        if text.startswith(f"node {node.name}: "):
            return _explain_node(text.removeprefix(f"node {node.name}: "), index, document)
        if found := re.fullmatch(re.escape(node.name) + r"\.(\w+) (.*)", text, re.DOTALL):
            return document.error(("node", index, found[1]), found[2])
        if text.startswith(f"{node.name}: "):
            return document.error(("node", index), text.removeprefix(f"{node.name}: "))
    return InputError(f"{document.path}: {text}")


def _explain_node(reason: str, index: int, document: Document) -> InputError:
    """Ports name the key, after a name for ports in general."""
    if found := re.fullmatch(r"configuration: (?:input|output)\.(\w+) (.*)", reason, re.DOTALL):
        return document.error(("node", index, found[1]), found[2])
    return document.error(("node", index), reason)
