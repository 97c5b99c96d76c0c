"""What the host says against a graph, in the words of its file: there are rules that only the host knows."""

from __future__ import annotations

import re
from itertools import pairwise

from fpcc.errors import InputError
from fpcc.graphs.document import Document
from fpcc.graphs.edge_filters import name_filter
from fpcc.graphs.model import ServeGraph
from fpcc.graphs.toml_lines import Place

_LISTED = re.compile(r"(tenant|node|edge)s\[(\d+)\](?:\.(\w+))?(?:\[\d+\])?:? (.*)", re.DOTALL)
_HOST = re.compile(r"(cores|batch|delay_us|tenants|nodes|edges)(?:\[\d+\])? (.*)", re.DOTALL)
_RIGHTS = re.compile(r"access\.tenants\.([^.]+)\.(\w+)(?:\[\d+\])? (.*)", re.DOTALL)
_NAMED = re.compile(r'access\.tenants: "(.*?)" (.*)', re.DOTALL)
_RULE = re.compile(r"access\.mandatory\[(\d+)\](?:\.(\w+))?:? (.*)", re.DOTALL)
_ACCESS = re.compile(r"access\.(\w+)(?:\[\d+\])? (.*)", re.DOTALL)
_WAY = re.compile(r"(.*) (?:does not pass|comes before) (.*)", re.DOTALL)
_PORT = re.compile(r"node (.*) receives from the port of (.*), whose packets must pass (.*)", re.DOTALL)
_SETTING = re.compile(r"(weight|buffers|workers)(?:\[\d+\]:)? (.*)", re.DOTALL)
_STARTS = ("configuration: ", "node ", "edge ")


def is_of_graph(said: str) -> bool:
    """Whether the host speaks of the graph, not of a module that it does not take, or of who asks."""
    return said.startswith(_STARTS) or bool(_WAY.fullmatch(said) or _SETTING.fullmatch(said))


def explain_complaint(said: str, graph: ServeGraph, document: Document) -> InputError:
    """The host's words as an error at the place in the document, as far as they tell one. `graph` is as the
    document has it: nodes and edges that filters became have no place there."""
    text = said.removeprefix("configuration: ")
    if (found := _LISTED.fullmatch(text)) and _is_in(graph, found[1], int(found[2])):
        return document.error((found[1], int(found[2]), *filter(None, [found[3]])), found[4])
    if graph.part_of and (found := _SETTING.fullmatch(text)):
        return document.error((found[1],), found[2])
    if found := _HOST.fullmatch(text):
        place: Place = (found[1][:-1],) if found[1] in ("tenants", "nodes", "edges") else ("host", found[1])
        return document.error(place, found[2])
    for index, edge in enumerate(graph.edges):
        if text.startswith(f"edge {edge}: "):
            return document.error(("edge", index), text.removeprefix(f"edge {edge}: "))
    if place := _find_access(text, graph):
        return document.error(place, _last_of(text))
    return _explain_by_node(text, graph, document)


def _is_in(graph: ServeGraph, kind: str, index: int) -> bool:
    """Whether the host's index is the document's: nodes that filters became come last, edges do not. Of a
    tenant's part it counts the others', too."""
    if graph.part_of:
        return False
    if kind == "edge" and any(edge.filter and not edge.default for edge in graph.edges):
        return False
    return index < len({"tenant": graph.tenants, "node": graph.nodes, "edge": graph.edges}[kind])


def _find_access(text: str, graph: ServeGraph) -> Place:
    """Where the file says what the host finds wrong with rights and rules; () if it speaks of others."""
    names = [tenant["name"] for tenant in graph.tenants]
    if (found := _RIGHTS.fullmatch(text)) and found[1] in names:
        key = "users" if found[2] == "uids" else found[2]
        return ("tenant", names.index(found[1]), "rights", key)
    if (found := _NAMED.fullmatch(text)) and found[1] in names:
        return ("tenant", names.index(found[1]), "name")
    if found := _RULE.fullmatch(text):
        return ("access", "mandatory", int(found[1]), *filter(None, [found[2]]))
    if found := _ACCESS.fullmatch(text):
        return ("access", found[1])
    if found := _PORT.fullmatch(text):
        return _find_rule(graph, found[2], found[3])
    if found := _WAY.fullmatch(text):
        return _find_step(graph, found[1].split(" -> ")) if graph.part_of else _find_rule(graph, "", found[2])
    return ()


def _last_of(text: str) -> str:
    """The reason, without the host's name of the place."""
    for pattern in (_RIGHTS, _NAMED, _RULE, _ACCESS):
        if found := pattern.fullmatch(text):
            return found[found.re.groups]
    return text


def _find_step(graph: ServeGraph, way: list[str]) -> Place:
    """The first edge of the file on a way that goes past a mandatory node."""
    steps = list(pairwise(way))
    named = enumerate((name_filter(graph, edge) if edge.filter else edge.target) for edge in graph.edges)
    ends = {index: (graph.edges[index].source, target) for index, target in named}
    return next((("edge", index) for step in steps for index, end in ends.items() if end == step), ())


def _find_rule(graph: ServeGraph, source: str, through: str) -> Place:
    """The mandatory rule; `source` "" for any."""
    for index, rule in enumerate(graph.access.get("mandatory", ())):
        if rule["through"] == through and source in ("", rule["from"]):
            return ("access", "mandatory", index)
    return ()


def _explain_by_node(text: str, graph: ServeGraph, document: Document) -> InputError:
    """Longest names first: one may begin as another does."""
    places: list[tuple[str, Place]] = [(node.name, ("node", index)) for index, node in enumerate(graph.nodes)]
    filters = [(i, edge) for i, edge in enumerate(graph.edges) if edge.filter]
    places += [(name_filter(graph, edge), ("edge", index, "filter")) for index, edge in filters]
    for name, place in sorted(places, key=lambda item: -len(item[0])):
        if text.startswith(f"node {name}: "):
            return _explain_node(text.removeprefix(f"node {name}: "), place, document)
        if found := re.fullmatch(re.escape(name) + r"\.(\w+) (.*)", text, re.DOTALL):
            return document.error((*place, found[1]), found[2])
        if text.startswith(f"{name}: "):
            return document.error(place, text.removeprefix(f"{name}: "))
        if text.startswith(f"node {name} "):
            return document.error(place, text.removeprefix(f"node {name} "))
    return InputError(f"{document.path}: {text}")


def _explain_node(reason: str, place: Place, document: Document) -> InputError:
    """Ports name the key, after a name for ports in general."""
    if found := re.fullmatch(r"configuration: (?:input|output)\.(\w+) (.*)", reason, re.DOTALL):
        return document.error((*place, found[1]), found[2])
    return document.error(place, reason)
