"""A graph of nodes of several tenants: what `fpcc serve` runs. Names as in runtime/host/engine/plan.h."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    locked: bool = False  # the tenant of `source` may not change it
    default: bool = False  # it counts while no other edge leaves the gate

    def to_host(self) -> Json:
        marks = {"locked": self.locked, "default": self.default}
        said = {key: True for key, value in marks.items() if value}
        return {"from": self.source, "gate": self.gate, "to": self.target, **said}

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
    marks: Mapping[str, Any] = field(default_factory=dict)  # for tenants: locked, open_to, accept
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
        named = {"name": self.name, "tenant": self.tenant, "kind": self.kind}
        return {**named, "options": options, **place, **self.marks}


@dataclass(frozen=True)
class ServeGraph:
    """All of it, or one tenant's part: then of tenants there is that one, with what is to change of it.

    `host` holds the keys of the whole host: cores, batch, delay_us and what may run.
    """

    host: Mapping[str, Any]
    tenants: tuple[Mapping[str, Any], ...]
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    control: Path | None = None
    forever: bool = False
    access: Mapping[str, Any] = field(default_factory=dict)  # who may do what: runtime/host/engine/access.h
    part_of: str = ""  # the tenant whose part this is; "": the whole graph

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
            **({"access": dict(self.access)} if self.access else {}),
        }

    def to_update(self, sealed: Mapping[str, int]) -> Json:
        """A tenant's part as the request of it."""
        (tenant,) = self.tenants
        return {
            "do": "update",
            "tenant": self.part_of,
            **{key: value for key, value in tenant.items() if key != "name"},
            "nodes": [node.to_host(sealed.get(node.name)) for node in self.nodes],
            "edges": [edge.to_host() for edge in self.edges],
        }


def edges_in_force(edges: Sequence[Edge]) -> list[Edge]:
    """All but the defaults of gates that another edge leaves."""
    led = {(edge.source, edge.gate) for edge in edges if not edge.default}
    return [edge for edge in edges if not edge.default or (edge.source, edge.gate) not in led]
