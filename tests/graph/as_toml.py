"""A graph in the host's JSON, or a tenant's update, as the TOML that fpcc reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def graph_as_toml(graph: Json, module: Path | None = None) -> str:
    """`module`: the file of nodes whose module would come with the request."""
    access = dict(graph.get("access", {}))
    rights = access.pop("tenants", {})
    host = {key: value for key, value in graph.items() if not isinstance(value, dict) and key not in _LISTS}
    lines = [*_table("[host]", host)]
    if access:
        lines += _table("[access]", {key: value for key, value in access.items() if key != "mandatory"})
        lines += [
            line for rule in access.get("mandatory", ()) for line in _table("[[access.mandatory]]", rule)
        ]
    for tenant in graph["tenants"]:
        lines += _table("[[tenant]]", tenant)
        if tenant["name"] in rights:
            own = dict(rights[tenant["name"]])
            lines += _table("[tenant.rights]", {"users": own.pop("uids"), **own})
    return "\n".join([*lines, *_nodes_and_edges(graph, module), ""])


def update_as_toml(update: Json, module: Path | None = None) -> str:
    """The same of a tenant's part."""
    top = {key: value for key, value in update.items() if key not in ("do", "nodes", "edges")}
    nodes = [_without_tenant(node, update["tenant"]) for node in update["nodes"]]
    return "\n".join([*_table("", top), *_nodes_and_edges({**update, "nodes": nodes}, module), ""])


def _without_tenant(node: Json, tenant: str) -> Json:
    """Whose the nodes are the top of the file says."""
    return {key: value for key, value in node.items() if (key, value) != ("tenant", tenant)}


_LISTS = ("tenants", "nodes", "edges")


def _nodes_and_edges(graph: Json, module: Path | None) -> Iterator[str]:
    for node in graph["nodes"]:
        options = {key: value for key, value in node.get("options", {}).items() if key != "sealed"}
        if "sealed" in node.get("options", {}) and module:
            options["module"] = str(module)
        yield from _table(
            "[[node]]", {key: value for key, value in node.items() if key != "options"} | options
        )
    for edge in graph["edges"]:
        yield from _table("[[edge]]", edge)


def _table(header: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield header
    yield from (f"{_show_key(key)} = {show(value)}" for key, value in values.items())


def show(value: Any) -> str:
    """A value as TOML has it, in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_show_key(key)} = {show(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(show, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _show_key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)
