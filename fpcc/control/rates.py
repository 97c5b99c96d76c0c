"""What happened between two reports of a host, by node, tenant and worker; the parts of workers are added up.

Packets of an input are those its port received, of an output those its port sent: on the way to another
worker they pass through a stage of the same name there, and would be counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

# The gravest state of a node's stages is that of the node.
_GRAVITY = ("dead", "restarting", "bypassed", "ended", "running")
_COUNTED = {"input": "received", "output": "sent"}


@dataclass(frozen=True)
class NodeRate:
    """Totals since the node came into the graph, and what is `..._rate` a second."""

    name: str
    tenant: str
    kind: str
    workers: tuple[int, ...]
    state: str
    packets: int
    rate: float
    cycles: float | None  # a packet, lately; None: no packets
    batch: float | None  # packets, on average, lately
    queued: int
    drops: Mapping[str, int]
    drop_rate: float
    bypassed: int
    faults: int
    restarts: int
    gate_rates: Mapping[int, float]


@dataclass(frozen=True)
class TenantRate:
    name: str
    workers: tuple[int, ...]
    weight: int
    busy: float  # processors, lately
    received_rate: float  # by the ports of its inputs
    sent_rate: float
    drop_rate: float
    queued: int
    buffers_used: int
    buffers: int
    worst_wait_us: float  # since the start
    faults: int


@dataclass(frozen=True)
class WorkerRate:
    index: int
    cpu: int
    busy: float  # 0 to 1, lately
    rate: float  # packets through nodes, each node counted
    cycles: float | None  # a packet and node


@dataclass(frozen=True)
class Rates:
    seconds: float  # between the two reports
    uptime: float
    nodes: tuple[NodeRate, ...]
    tenants: tuple[TenantRate, ...]
    workers: tuple[WorkerRate, ...]


def measure(now: Json, before: Json | None = None) -> Rates:
    """From `before` to `now`; since the host started, without `before`."""
    pair = _Pair(now, before)
    return Rates(
        pair.seconds,
        now["seconds"],
        tuple(pair.node(entries) for entries in _group(now["nodes"], "node")),
        tuple(pair.tenant(entries) for entries in _group(now["tenants"], "tenant")),
        tuple(pair.worker(entry) for entry in now.get("workers", ())),  # of an operator only
    )


class _Pair:
    def __init__(self, now: Json, before: Json | None) -> None:
        self.now = now
        self.seconds: float = max(now["seconds"] - (before["seconds"] if before else 0), 1e-9)
        self.earlier: float = before["seconds"] if before else 0.0
        lists = {"nodes": (), "tenants": (), "workers": (), **(before or {})}
        self.nodes: dict[tuple[str, int], Json] = {(e["node"], e["worker"]): e for e in lists["nodes"]}
        self.tenants = {(e["tenant"], e["worker"]): e for e in lists["tenants"]}
        self.workers = {e["worker"]: e for e in lists["workers"]}

    def grown(self, entry: Json, field: str) -> int:
        """What a counter of a node's stage grew by."""
        return _subtract(entry[field], self._before(entry).get(field, 0))

    def table_grown(self, entry: Json, field: str) -> dict[str, int]:
        """The same of a table of counters."""
        before = self._before(entry).get(field, {})
        return {key: _subtract(now, before.get(key, 0)) for key, now in entry[field].items()}

    def rate(self, entries: Iterable[Json], field: str) -> float:
        return sum(self.grown(entry, field) for entry in entries) / self.seconds

    def drop_rate(self, entries: Iterable[Json]) -> float:
        return sum(sum(self.table_grown(entry, "drops").values()) for entry in entries) / self.seconds

    def _before(self, entry: Json) -> Json:
        return self.nodes.get((entry["node"], entry["worker"]), {})

    def node(self, entries: Sequence[Json]) -> NodeRate:
        first = entries[0]
        counted = _COUNTED.get(first["kind"], "in")
        packets = sum(self.grown(entry, counted) for entry in entries)
        cycles = sum(self.grown(entry, "cycles") for entry in entries)
        batches = sum(self.grown(entry, "batches") for entry in entries)
        handled = sum(self.grown(entry, "in") for entry in entries)
        gates = _add(self.table_grown(entry, "gates") for entry in entries)
        if first["kind"] == "input":
            gates = {"0": packets}
        return NodeRate(
            name=first["node"],
            tenant=first["tenant"],
            kind=first["kind"],
            workers=tuple(entry["worker"] for entry in entries),
            state=min((entry["state"] for entry in entries), key=_gravity),
            packets=sum(entry[counted] for entry in entries),
            rate=packets / self.seconds,
            cycles=cycles / packets if packets else None,
            batch=handled / batches if batches else None,
            queued=sum(entry["queued"] for entry in entries),
            drops=_add(entry["drops"] for entry in entries),
            drop_rate=self.drop_rate(entries),
            bypassed=sum(entry["bypassed"] for entry in entries),
            faults=sum(entry["faults"] for entry in entries),
            restarts=sum(entry["restarts"] for entry in entries),
            gate_rates={int(gate): count / self.seconds for gate, count in gates.items()},
        )

    def tenant(self, entries: Sequence[Json]) -> TenantRate:
        name = entries[0]["tenant"]
        nodes = [entry for entry in self.now["nodes"] if entry["tenant"] == name]
        before = [self.tenants.get((name, entry["worker"]), {}) for entry in entries]
        buffers = sum(entry["buffers"] for entry in entries)
        return TenantRate(
            name=name,
            workers=tuple(entry["worker"] for entry in entries),
            weight=entries[0]["weight"],
            busy=sum(self.lately(*pair) for pair in zip(entries, before, strict=True)),
            received_rate=self.rate(nodes, "received"),
            sent_rate=self.rate(nodes, "sent"),
            drop_rate=self.drop_rate(nodes),
            queued=sum(entry["queued"] for entry in nodes),
            buffers_used=buffers - sum(entry["free_buffers"] for entry in entries),
            buffers=buffers,
            worst_wait_us=max(entry["worst_wait_us"] for entry in entries),
            faults=sum(entry["faults"] for entry in nodes),
        )

    def worker(self, entry: Json) -> WorkerRate:
        index = entry["worker"]
        nodes = [e for e in self.now["nodes"] if e["worker"] == index]
        handled = sum(self.grown(e, "in") for e in nodes)
        cycles = sum(self.grown(e, "cycles") for e in nodes)
        return WorkerRate(
            index,
            entry["cpu"],
            self.lately(entry, self.workers.get(index, {})),
            handled / self.seconds,
            cycles / handled if handled else None,
        )

    def lately(self, entry: Json, before: Json) -> float:
        """The part of the time between the reports that was busy: reports have it since the start."""
        busy = entry["busy"] * self.now["seconds"] - before.get("busy", 0.0) * self.earlier
        return float(min(max(busy / self.seconds, 0.0), 1.0))


def _subtract(now: int, before: int) -> int:
    """A counter that fell belongs to a new stage, and began at 0."""
    return now - before if now >= before else now


def _group(entries: Iterable[Json], field: str) -> list[list[Json]]:
    """Those of the same name together, in the order of the report."""
    groups: dict[str, list[Json]] = {}
    for entry in entries:
        groups.setdefault(entry[field], []).append(entry)
    return list(groups.values())


def _add(tables: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for table in tables:
        total.update(table)
    return dict(total)


def _gravity(state: str) -> int:
    return _GRAVITY.index(state) if state in _GRAVITY else 0
