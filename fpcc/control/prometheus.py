"""A host's report as metrics for Prometheus, and the server they are fetched from.

Names and units by its conventions: seconds, ratios of 0 to 1, and `_total` for what only grows. Needs the
library prometheus-client, the extra `metrics` of the package.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from fpcc.control.client import ControlClient
from fpcc.errors import FpccError, InputError

Json = Mapping[str, Any]

_NODE = ("node", "tenant", "kind", "worker")
_TENANT = ("tenant", "worker")
_WORKER = ("worker",)


@dataclass(frozen=True)
class Row:
    """A field of the report as a metric; `factor` makes its unit the conventional one."""

    name: str
    field: str
    help: str
    factor: float = 1

    def collect(self, entries: Iterable[Json], labels: tuple[str, ...]) -> Metric:
        kind = CounterMetricFamily if self.name.endswith("_total") else GaugeMetricFamily
        metric = kind(f"fastpaas_{self.name}", self.help, labels=labels)
        for entry in entries:
            metric.add_metric([str(entry[label]) for label in labels], entry[self.field] * self.factor)
        return metric


NODES = (
    Row("node_packets_total", "in", "Packets that came to the node on this worker"),
    Row("node_received_packets_total", "received", "Packets received by the port of an input"),
    Row(
        "node_missed_packets_total", "missed", "Packets that came to an input faster than they were received"
    ),
    Row("node_sent_packets_total", "sent", "Packets sent by the port of an output"),
    Row("node_bypassed_packets_total", "bypassed", "Packets that went past a module that had faulted"),
    Row("node_batches_total", "batches", "Batches the packets came in"),
    Row("node_cycles_total", "cycles", "Ticks of the time stamp counter spent in the node"),
    Row("node_faults_total", "faults", "Faults of the module"),
    Row("node_restarts_total", "restarts", "Restarts of the module"),
    Row("node_queue_packets", "queued", "Packets that wait for the node"),
    Row("node_worst_wait_seconds", "worst_wait_us", "Longest wait of a packet in the queue so far", 1e-6),
)
TENANTS = (
    Row("tenant_weight", "weight", "Part of a worker's time, against the weights of the others"),
    Row("tenant_busy_ratio", "busy", "Part of the worker's time that the tenant had since the start"),
    Row("tenant_steps_total", "steps", "Turns the tenant had"),
    Row("tenant_worst_wait_seconds", "worst_wait_us", "Longest wait for a turn so far", 1e-6),
    Row("tenant_buffers", "buffers", "Packet buffers of the tenant"),
    Row("tenant_free_buffers", "free_buffers", "Those of them that hold no packet"),
)
WORKERS = (Row("worker_busy_ratio", "busy", "Part of the worker's time in which it worked since the start"),)


class ReportCollector(Collector):
    """Asks the host at each scrape. A host that does not answer is fastpaas_up 0, and nothing else."""

    def __init__(self, client: ControlClient) -> None:
        self.client = client

    def describe(self) -> Iterable[Metric]:
        """None in advance: the host need not run yet."""
        return ()

    def collect(self) -> Iterator[Metric]:
        try:
            report = self.client.report()
        except FpccError:
            report = {}
        yield GaugeMetricFamily("fastpaas_up", "Whether the host answers", value=bool(report))
        if report:
            yield from _collect(report)


def _collect(report: Json) -> Iterator[Metric]:
    yield CounterMetricFamily(
        "fastpaas_uptime_seconds_total", "Time since the host started", value=report["seconds"]
    )
    yield from (row.collect(report.get("workers", ()), _WORKER) for row in WORKERS)
    yield from (row.collect(report["tenants"], _TENANT) for row in TENANTS)
    yield from (row.collect(report["nodes"], _NODE) for row in NODES)
    yield _collect_table(report["nodes"], "gates", "gate", "Packets that left the node by this gate")
    yield _collect_table(report["nodes"], "drops", "reason", "Packets that were dropped for this reason")
    yield _collect_running(report["nodes"])


def _collect_table(nodes: Iterable[Json], field: str, label: str, about: str) -> Metric:
    name = {"gates": "gate_packets", "drops": "dropped_packets"}[field]
    metric = CounterMetricFamily(f"fastpaas_node_{name}_total", about, labels=(*_NODE, label))
    for node in nodes:
        for key, packets in node[field].items():
            metric.add_metric([*(str(node[name]) for name in _NODE), key], packets)
    return metric


def _collect_running(nodes: Iterable[Json]) -> Metric:
    metric = GaugeMetricFamily("fastpaas_node_running", "Whether the node works on this worker", labels=_NODE)
    for node in nodes:
        metric.add_metric([str(node[name]) for name in _NODE], node["state"] == "running")
    return metric


@dataclass(frozen=True)
class MetricsServer:
    """A server at work; `port` is the one it got."""

    port: int
    thread: threading.Thread


def start_server(client: ControlClient, address: str, port: int) -> MetricsServer:
    """Answers GET /metrics at address:port, any free one for 0. Raises InputError if it cannot listen."""
    registry = CollectorRegistry()
    registry.register(ReportCollector(client))
    try:
        server, thread = start_http_server(port, address, registry)
    except OSError as error:
        raise InputError(f"{address}:{port}: {error.strerror or error}") from error
    return MetricsServer(server.server_port, thread)
