"""Graphs for `fphost serve`, and what one run of it reports."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.host.accounts import unaccounted
from tests.host.run.runner import Outcome, run_host

Json = dict[str, Any]


def node(name: str, kind: str, *, tenant: str = "a", worker: int | None = None, **options: object) -> Json:
    """A node of the graph; `options` are its kind's."""
    place = {} if worker is None else {"worker": worker}
    return {"name": name, "tenant": tenant, "kind": kind, "options": options, **place}


def module(name: str, file: Path, *, tenant: str = "a", **options: object) -> Json:
    """A node that runs a module."""
    return node(name, "module", tenant=tenant, module=str(file), **options)


def generator(name: str = "in", packets: int = 960, **options: object) -> Json:
    """An input that makes packets up: three full batches by default, ten times."""
    where = {key: options.pop(key) for key in ("tenant", "worker") if key in options}
    return node(name, "input", type="pool", packets=packets, count=64, **where, **options)  # type: ignore[arg-type]


def nowhere(name: str = "out", **where: Any) -> Json:
    """An output that lets packets go."""
    return node(name, "output", type="null", **where)


def path(*names: str) -> list[Json]:
    """Edges from each of the names to the next, by gate 0."""
    return [{"from": source, "to": target} for source, target in zip(names, names[1:], strict=False)]


def graph(nodes: Sequence[Json], edges: Sequence[Json], **changes: object) -> Json:
    """A graph of tenant "a" on one worker unless `changes` say else."""
    return {
        "tenants": [{"name": "a"}],
        "nodes": list(nodes),
        "edges": list(edges),
        "allow_unprotected": True,
        "allow_unverified": True,
        **changes,
    }


@dataclass(frozen=True)
class Report:
    """What the host reports, by node; the stages of a node on several workers are summed up."""

    whole: Json

    def counts(self, name: str) -> Json:
        """in, out by gate, drops by reason, queued."""
        found = [entry for entry in self.whole["nodes"] if entry["node"] == name]
        assert found, f"no node {name}"
        return {
            "in": sum(entry["in"] for entry in found),
            "gates": _sums(entry["gates"] for entry in found),
            "drops": _sums(entry["drops"] for entry in found),
            "queued": sum(entry["queued"] for entry in found),
            "faults": sum(entry["faults"] for entry in found),
        }

    def sum(self, field: str) -> int:
        """Over all stages."""
        return sum(entry[field] for entry in self.whole["nodes"])

    def dropped(self) -> int:
        return sum(sum(entry["drops"].values()) for entry in self.whole["nodes"])

    def check_accounts(self) -> None:
        """Every packet that came in is somewhere, if need be at a node that is in no graph any more."""
        assert unaccounted(self.whole) == 0, self.whole


def _sums(tables: Iterator[dict[str, int]] | Sequence[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for table in tables:
        for key, value in table.items():
            total[key] = total.get(key, 0) + value
    return total


def serve(fphost: Path, wanted: Json) -> tuple[Report, Outcome]:
    """Runs a graph until its inputs have ended."""
    outcome = run_host(fphost, "serve", {"graph": wanted})
    assert outcome.status == 0, outcome
    return Report(outcome.done["report"]), outcome


def refused(fphost: Path, wanted: object) -> str:
    """Why a graph is not even tried."""
    outcome = run_host(fphost, "serve", {"graph": wanted})
    assert outcome.status == 2, outcome
    return outcome.stderr


class Running:
    """A host that runs, and its control socket."""

    def __init__(self, process: subprocess.Popen[bytes], directory: Path) -> None:
        self.process = process
        self.control = directory / "control"
        self._said = directory / "events"

    @property
    def events(self) -> list[Json]:
        """What it has said so far, in whole lines."""
        return [json.loads(line) for line in self._said.read_text().rpartition("\n")[0].splitlines()]

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.events
        return any(event["event"] == "ready" for event in self.events)

    def ask(self, **request: object) -> Json:
        """One request and its reply."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.control))
            connection.sendall(json.dumps(request).encode())
            connection.shutdown(socket.SHUT_WR)
            return dict(json.loads(b"".join(iter(lambda: connection.recv(65536), b""))))

    def report(self) -> Report:
        return Report(self.ask(do="report")["report"])

    def wait_for(self, name: str, packets: int) -> None:
        """Until the node has seen that many packets."""
        while self.report().counts(name)["in"] < packets:
            time.sleep(0.01)

    def finish(self) -> Report:
        """Ends the host and gives its last report."""
        assert self.ask(do="stop")["ok"]
        assert self.process.wait() == 0, self.events
        return Report(self.events[-1]["report"])


@contextmanager
def running(fphost: Path, wanted: Json, directory: Path) -> Iterator[Running]:
    """A host that runs the graph until it is told to stop."""
    config = {"graph": wanted, "control": str(directory / "control"), "forever": True}
    file = directory / "serve.json"
    file.write_text(json.dumps(config))
    with (directory / "events").open("wb") as said:
        process = subprocess.Popen([fphost, "serve", str(file)], stdout=said)
    host = Running(process, directory)
    try:
        while not host.is_ready():
            time.sleep(0.01)
        yield host
    finally:
        process.kill()
        process.wait()
