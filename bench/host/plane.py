"""A running `fphost serve`, and what it did between two looks at it."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fpcc.errors import InternalError
from fpcc.paths import host_program

Json = dict[str, Any]
ENDLESS = 1 << 40


def node(name: str, kind: str, tenant: str = "a", worker: int = 0, **options: object) -> Json:
    """A node of the graph; `options` are its kind's."""
    place = {"worker": worker} if kind in ("input", "output") else {}
    return {"name": name, "tenant": tenant, "kind": kind, "options": options, **place}


def line(tenant: str, *middle: Json, worker: int = 0, **traffic: object) -> tuple[list[Json], list[Json]]:
    """Endless 64-byte packets through the nodes to nowhere, as fast as possible: nodes and edges."""
    options = {"type": "pool", "packets": ENDLESS, **traffic}
    first = {**node(f"{tenant}.in", "input", tenant, worker), "options": options}
    last = node(f"{tenant}.out", "output", tenant, worker, type="null")
    nodes = [first, *middle, last]
    names = [entry["name"] for entry in nodes]
    return nodes, [{"from": a, "to": b} for a, b in zip(names, names[1:], strict=False)]


def graph(
    tenants: Sequence[Json],
    *parts: tuple[list[Json], list[Json]],
    cores: Sequence[int] = (0,),
    **more: object,
) -> Json:
    """All parts together."""
    return {
        "cores": list(cores),
        "tenants": list(tenants),
        "nodes": [entry for nodes, _ in parts for entry in nodes],
        "edges": [entry for _, edges in parts for entry in edges],
        "allow_unverified": True,
        "allow_unprotected": True,
        **more,
    }


@dataclass(frozen=True)
class Window:
    """What happened between two reports."""

    before: Json
    after: Json

    @property
    def seconds(self) -> float:
        return float(self.after["seconds"] - self.before["seconds"])

    def of_node(self, name: str, field: str) -> float:
        """How much a count of a node has grown, on all workers."""
        return _sum(self.after["nodes"], "node", name, field) - _sum(
            self.before["nodes"], "node", name, field
        )

    def of_tenant(self, name: str) -> float:
        """Processor time in seconds, on all workers."""
        return self._busy(self.after, name) - self._busy(self.before, name)

    def rate(self, name: str) -> float:
        """Packets a second into a node."""
        return self.of_node(name, "in") / self.seconds

    def batch(self, name: str) -> float:
        """Mean packets of a batch."""
        return self.of_node(name, "in") / max(self.of_node(name, "batches"), 1)

    @staticmethod
    def _busy(report: Json, name: str) -> float:
        return _sum(report["tenants"], "tenant", name, "busy") * float(report["seconds"])


def _sum(rows: Sequence[Json], key: str, name: str, field: str) -> float:
    found = [float(row[field]) for row in rows if row[key] == name]
    if not found:
        raise InternalError("bench", f"the host does not report {name}")
    return sum(found)


class Plane:
    """The process, its control socket, and the file of its events."""

    def __init__(self, process: subprocess.Popen[bytes], control: Path, said: Path) -> None:
        self.process = process
        self.control = control
        self.said = said

    def ask(self, **request: object) -> Json:
        """One request; its reply. Raises InternalError if it is refused."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.control))
            connection.sendall(json.dumps(request).encode())
            connection.shutdown(socket.SHUT_WR)
            reply = dict(json.loads(b"".join(iter(lambda: connection.recv(1 << 16), b""))))
        if not reply["ok"]:
            raise InternalError("bench", reply["error"])
        return reply

    def report(self) -> Json:
        return dict(self.ask(do="report")["report"])

    def watch(self, seconds: float) -> Window:
        """What happens in so many seconds."""
        before = self.report()
        time.sleep(seconds)
        return Window(before, self.report())

    def finish(self) -> list[Json]:
        """Ends the host in order; its events, the last of which has the report. Raises InternalError."""
        self.ask(do="stop")
        status = self.process.wait()
        if status:
            raise InternalError("bench", f"fphost ended with status {status}")
        return [json.loads(line) for line in self.said.read_text().splitlines()]


def wait_for_socket(process: subprocess.Popen[bytes], control: Path) -> None:
    """Raises InternalError if the host ends instead."""
    while not control.exists():
        if process.poll() is not None:
            raise InternalError("bench", f"fphost ended with status {process.returncode}")
        time.sleep(0.01)


@contextmanager
def running(wanted: Json) -> Iterator[Plane]:
    """A host that runs the graph for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        control = Path(name, "control")
        config = {"graph": wanted, "control": str(control), "forever": True}
        Path(name, "serve.json").write_text(json.dumps(config))
        said = Path(name, "events")
        with said.open("wb") as events:
            process = subprocess.Popen(
                [host_program(), "serve", str(Path(name, "serve.json"))], stdout=events
            )
        plane = Plane(process, control, said)
        try:
            wait_for_socket(process, control)
            yield plane
        finally:
            process.kill()
            process.wait()
