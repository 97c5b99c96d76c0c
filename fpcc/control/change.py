"""Changes of a running graph: another one, or another module for one of its nodes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from fpcc.control.client import ControlClient, Json, RequestRefused
from fpcc.errors import InputError
from fpcc.graphs.complaints import explain_complaint, is_of_graph
from fpcc.graphs.sealed_graph import Trust, seal_graph
from fpcc.run_live import show_warning
from fpcc.run_plan import check_module_path
from fpcc.serve_graph import load_graph
from fpcc.verified_modules import check_module, seal


def send_graph(client: ControlClient, path: Path, allow_unverified: bool) -> Json:
    """Puts the graph of a TOML file in force. Raises InputError in its words, ModuleRefused,
    RequestRefused."""
    loaded = load_graph(path)
    try:
        with seal_graph(loaded.graph, allow_unverified, show_warning) as (wanted, files):
            return client.ask({"do": "update", "graph": wanted}, files)
    except RequestRefused as refused:
        if not is_of_graph(str(refused)):
            raise
        raise explain_complaint(str(refused), loaded.graph, loaded.document) from refused


def upgrade_module(client: ControlClient, name: str, module: Path, allow_unverified: bool) -> Json:
    """The graph in force, with another module for a node; the others are kept, whatever their files are now.

    Raises InputError, ModuleRefused, RequestRefused.
    """
    check_module_path(module, "")
    graph = client.graph()
    node = _find_module(graph, name)
    for other in graph["nodes"]:
        if other["kind"] == "module":
            other["options"] = _keep(other["options"])
    trust = Trust(graph.get("allow_unprotected", False), allow_unverified)
    with ExitStack() as stack:
        data = check_module(module, trust, show_warning)
        files: Sequence[int] = [stack.enter_context(seal(data))] if data else []
        sealed = {"sealed": 0} if data else {}
        options = {key: value for key, value in node["options"].items() if key not in ("keep", "digest")}
        node["options"] = options | {"module": str(module.resolve())} | sealed
        if not data:
            graph["allow_unverified"] = True
        return client.ask({"do": "update", "graph": graph}, files)


def _find_module(graph: Json, name: str) -> Json:
    """The node of that name. Raises InputError if there is none, or if it runs no module."""
    modules = {node["name"]: node for node in graph["nodes"] if node["kind"] == "module"}
    if name in modules:
        node: Json = modules[name]
        return node
    other = next((node["kind"] for node in graph["nodes"] if node["name"] == name), None)
    known = ", ".join(modules) or "none"
    if other:
        raise InputError(f'node "{name}" is of kind {other} and has no module; nodes that have one: {known}')
    raise InputError(f'there is no node "{name}"; nodes with modules: {known}')


def _keep(options: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if key != "sealed"} | {"keep": True}
