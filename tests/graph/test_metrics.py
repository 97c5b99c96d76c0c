"""`fpcc metrics`, fetched as Prometheus does and read with its own parser."""

from __future__ import annotations

import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import RunFpcc
from tests.graph.serving import FPCC, serving, write_graph

Samples = dict[str, list[tuple[dict[str, str], float]]]


@contextmanager
def metrics(control: Path) -> Iterator[str]:
    """The address it answers at."""
    command = [str(FPCC), "metrics", "--control", str(control), "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate()


def fetch(address: str) -> Samples:
    """Every sample by name; names and types must be ones Prometheus takes."""
    with urllib.request.urlopen(address) as answer:
        text = answer.read().decode()
    samples: Samples = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            assert sample.name.startswith("fastpaas_")
            assert sample.name.endswith("_total") == (family.type == "counter")
            samples.setdefault(sample.name, []).append((sample.labels, sample.value))
    return samples


def test_counters_are_the_reports(tmp_path: Path, macswap: Path, run_fpcc: RunFpcc) -> None:
    graph = write_graph(tmp_path / "g.toml", macswap)
    with serving(graph, run_fpcc) as service, metrics(service.control) as address:
        service.wait_for("nf", 1000)
        before, samples, after = service.report(), fetch(address), service.report()
        assert service.ask("stop") == {"ok": True}
        assert service.finish()[0] == 0
        assert fetch(address) == {"fastpaas_up": [({}, 0.0)]}
    assert samples["fastpaas_up"] == [({}, 1.0)]
    packets = [(labels, n) for labels, n in samples["fastpaas_node_packets_total"] if labels["node"] == "nf"]
    assert [labels for labels, _ in packets] == [
        {"node": "nf", "tenant": "red", "kind": "module", "worker": worker} for worker in ("0", "1")
    ]
    counted = sum(n for _, n in packets)
    assert before.counts("nf")["in"] <= counted <= after.counts("nf")["in"]
    assert {labels["gate"] for labels, _ in samples["fastpaas_node_gate_packets_total"]} == {"0"}
    assert all(0 <= busy <= 1 for _, busy in samples["fastpaas_worker_busy_ratio"])
    assert {labels["tenant"] for labels, _ in samples["fastpaas_tenant_weight"]} == {"red", "blue"}


@pytest.mark.parametrize("listen", ["9464", "localhost:", ":9464", "localhost:99999", "localhost:x"])
def test_a_place_to_listen_is_host_and_port(listen: str, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("metrics", "--listen", listen)
    assert done.returncode == 2
    assert "HOST:PORT" in done.stderr
