"""What another graph would take away without a word: rights and rules that it does not speak of, and what
tenants have put into the one in force."""

from __future__ import annotations

from collections.abc import Iterator

from fpcc.graphs.model import Json


def list_losses(in_force: Json, wanted: Json) -> list[str]:
    """Each in words. What `wanted` says otherwise is a change, not a loss."""
    return [
        *_lost_access(in_force.get("access", {}), wanted.get("access", {})),
        *_lost_nodes(in_force, wanted),
    ]


def _lost_access(old: Json, new: Json) -> Iterator[str]:
    for key in ("operators", "verifier"):
        if key in old and key not in new:
            yield f"access: {key}: {' '.join(map(str, old[key]))}"
    for rule in old.get("mandatory", ()):
        if rule not in new.get("mandatory", ()):
            yield f"access: mandatory: from {rule['from']} through {rule['through']}"
    for tenant in old.get("tenants", {}):
        if tenant not in new.get("tenants", {}):
            yield f"the rights of tenant {tenant}"


def _lost_nodes(in_force: Json, wanted: Json) -> Iterator[str]:
    names = {node["name"] for node in wanted["nodes"]}
    for node in in_force["nodes"]:
        if "by" in node and node["name"] not in names:
            yield f"node {node['name']}, which tenant {node['tenant']} has put there"
