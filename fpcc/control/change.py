"""Changes of a running graph: another one, a tenant's part of it, or another module for one of its nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpcc.control.client import ControlClient, Json, RequestRefused, View
from fpcc.control.losses import list_losses
from fpcc.control.parts import keep_module, keep_parts
from fpcc.errors import InputError
from fpcc.graphs.complaints import is_of_graph
from fpcc.graphs.sealed_graph import Trust, seal_graph, seal_part, trust_of_tenant
from fpcc.run_live import show_warning
from fpcc.run_plan import check_module_path
from fpcc.serve_graph import LoadedGraph, load_change
from fpcc.verified_modules import check_module, seal


@dataclass(frozen=True)
class Allowed:
    """What who asks takes upon itself."""

    unverified: bool = False  # modules that nobody has verified
    discard: bool = False  # what the graph in force has and the new one does not speak of


def send_graph(client: ControlClient, path: Path, allowed: Allowed) -> Json:
    """Puts the graph of a TOML file in force, or a tenant's part. Raises InputError in its words,
    ModuleRefused, RequestRefused."""
    loaded = load_change(path)
    send = _send_part if loaded.graph.part_of else _send_all
    try:
        return send(client, loaded, client.view(), allowed)
    except RequestRefused as refused:
        if not is_of_graph(str(refused)):
            raise
        raise loaded.explain(str(refused)) from refused


def _send_all(client: ControlClient, loaded: LoadedGraph, view: View, allowed: Allowed) -> Json:
    with seal_graph(loaded.graph, allowed.unverified, show_warning) as (wanted, files):
        if view.is_operator and not allowed.discard:
            keep_parts(view.graph, wanted)
        losses = list_losses(view.graph, wanted) if view.is_operator else []
        if losses and not allowed.discard:
            raise InputError(
                f"{loaded.document.path}: this graph would take away what the one in force has:\n"
                + "".join(f"    {loss}\n" for loss in losses)
                + "    say it in the file, or take it away with --discard; nothing has changed"
            )
        reply = client.ask({"do": "update", "graph": wanted}, files)
        for loss in losses:
            show_warning(f"taken away: {loss}")
        return reply


def _send_part(client: ControlClient, loaded: LoadedGraph, view: View, allowed: Allowed) -> Json:
    """What the operator has given the tenant stays, unless the file has a node of that name."""
    part = loaded.graph
    named = {node.name for node in part.nodes}
    own = _nodes_of(view.graph, part.part_of)
    given = [node for node in own if "by" not in node and node["name"] not in named]
    with seal_part(part, allowed.unverified, show_warning) as (request, files):
        request["nodes"] += given
        return client.ask(request, files)


def _nodes_of(graph: Json, tenant: str) -> list[Json]:
    """As far as they are seen in full."""
    return [node for node in graph["nodes"] if node["tenant"] == tenant and "options" in node]


def upgrade_module(client: ControlClient, name: str, module: Path, allow_unverified: bool) -> Json:
    """The graph in force, with another module for a node; the others are kept, whatever their files are now.

    Raises InputError, ModuleRefused, RequestRefused.
    """
    check_module_path(module, "")
    view = client.view()
    node = _find_module(view.graph, name)
    if not view.is_operator:
        return _upgrade_own(client, view.graph, node, module, trust_of_tenant(allow_unverified))
    trust = Trust(view.graph.get("allow_unprotected", False), allow_unverified)
    data = check_module(module, trust, show_warning)
    for other in view.graph["nodes"]:
        if other["kind"] == "module":
            other["options"] = keep_module(other["options"])
    _replace(node, module, bool(data))
    if not data:
        view.graph["allow_unverified"] = True
    return _ask_with(client, {"do": "update", "graph": view.graph}, data)


def _upgrade_own(client: ControlClient, graph: Json, node: Json, module: Path, trust: Trust) -> Json:
    """A tenant says again what it has, its other modules by their digests, and all edges it sees: those of
    others it may repeat."""
    data = check_module(module, trust, show_warning) or module.read_bytes()
    _replace(node, module, sealed=True)
    tenant = node["tenant"]
    nodes = _nodes_of(graph, tenant)
    return _ask_with(
        client, {"do": "update", "tenant": tenant, "nodes": nodes, "edges": graph["edges"]}, data
    )


def _replace(node: Json, module: Path, sealed: bool) -> None:
    """Makes the request's first file, if it is `sealed`, the module of the node."""
    options = {key: value for key, value in node["options"].items() if key not in ("keep", "digest")}
    node["options"] = options | {"module": str(module.resolve())} | ({"sealed": 0} if sealed else {})


def _ask_with(client: ControlClient, request: Json, data: bytes) -> Json:
    """The reply to a request and its only module; none if that is empty."""
    if not data:
        return client.ask(request)
    with seal(data) as file:
        files: Sequence[int] = [file]
        return client.ask(request, files)


def _find_module(graph: Json, name: str) -> Json:
    """The node of that name. Raises InputError if there is none, or if it runs no module that is seen."""
    modules = {
        node["name"]: node for node in graph["nodes"] if node["kind"] == "module" and "options" in node
    }
    if name in modules:
        node: Json = modules[name]
        return node
    other = next((node for node in graph["nodes"] if node["name"] == name), None)
    known = ", ".join(modules) or "none"
    if other and other["kind"] == "module":
        raise InputError(f'node "{name}" is not yours, but of tenant {other["tenant"]}; yours: {known}')
    if other:
        raise InputError(
            f'node "{name}" is of kind {other["kind"]} and has no module; nodes that have one: {known}'
        )
    raise InputError(f'there is no node "{name}"; nodes with modules: {known}')
