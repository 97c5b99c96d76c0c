"""A graph of nodes of several tenants: what `fpcc serve` runs. Names as in runtime/host/engine/plan.h."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SOURCES = ("input",)  # kinds of nodes that nothing enters
SINKS = ("output", "drop")  # and that nothing leaves


@dataclass(frozen=True)
class Edge:
    """Packets of a node's gate go to another; with a filter, those it matches that no earlier one did."""

    source: str
    gate: int
    target: str
    filter: str = ""  # in tcpdump's syntax; "": all that are left

    def to_host(self) -> Json:
        return {"from": self.source, "gate": self.gate, "to": self.target}

    def __str__(self) -> str:
        return f"{self.source} -> {self.target}"


@dataclass(frozen=True)
class GraphNode:
    """A node; of kind `module` with its file, or with bytes that were built for it."""

    name: str
    tenant: str
    kind: str
    worker: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    module: Path | None = None
    built: bytes = b""
    steer: str = ""  # of inputs, one of STEERS; "": the host's default

    def to_host(self, sealed: int | None) -> Json:
        """`sealed`: the number of the module's file among those that go along; None: none does."""
        place: Json = {} if self.worker is None else {"worker": self.worker}
        place |= {"steer": self.steer} if self.steer else {}
        options = dict(self.options)
        if self.kind == "module":
            options["module"] = str(self.module or self.name)
        if sealed is not None:
            options["sealed"] = sealed
        return {"name": self.name, "tenant": self.tenant, "kind": self.kind, "options": options, **place}


@dataclass(frozen=True)
class ServeGraph:
    """All of it. `host` holds the keys of the whole host: cores, batch, delay_us and what may run."""

    host: Mapping[str, Any]
    tenants: tuple[Mapping[str, Any], ...]
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    control: Path | None = None
    forever: bool = False

    @property
    def allow_unprotected(self) -> bool:
        return bool(self.host.get("allow_unprotected"))

    @property
    def modules(self) -> dict[str, Path]:
        """The module files by node."""
        return {node.name: node.module for node in self.nodes if node.module}

    def to_host(self, sealed: Mapping[str, int], allow_unverified: bool) -> Json:
        """The graph as the host reads it; `sealed` are the numbers of the modules' files, by node."""
        return {
            **self.host,
            "tenants": [dict(tenant) for tenant in self.tenants],
            "nodes": [node.to_host(sealed.get(node.name)) for node in self.nodes],
            "edges": [edge.to_host() for edge in self.edges],
            "allow_unverified": allow_unverified or self.allow_unprotected,
        }
