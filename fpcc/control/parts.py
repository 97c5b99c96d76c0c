"""Tenants' parts of a graph in force, carried over into another one that its operator makes."""

from __future__ import annotations

from fpcc.graphs.model import Json


def keep_parts(in_force: Json, wanted: Json) -> None:
    """Adds to `wanted` what tenants that it still has have put in, with the edges from and to it; all of that
    goes on as it is."""
    tenants = {tenant["name"] for tenant in wanted["tenants"]}
    names = {node["name"] for node in wanted["nodes"]}
    kept = [
        node
        for node in in_force["nodes"]
        if "by" in node and node["tenant"] in tenants and node["name"] not in names
    ]
    for node in kept:
        if node["kind"] == "module":
            node["options"] = keep_module(node["options"])
    own = {node["name"] for node in kept}
    wanted["nodes"] += kept
    wanted["edges"] += [edge for edge in in_force["edges"] if own & {edge["from"], edge["to"]}]


def keep_module(options: Json) -> Json:
    """The options of a module that goes on as it is, whatever its files are now."""
    return {key: value for key, value in options.items() if key != "sealed"} | {"keep": True}
