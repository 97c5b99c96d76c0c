"""Requests as different users, and the realm they make them in: two tenants and an operator."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.host.engine.graphs import Json, Running, node

ROOT, OPERATOR, ANN, BOB, STRANGER = 0, 61000, 61001, 61002, 61009

_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


@contextmanager
def acting_as(uid: int) -> Iterator[None]:
    """This process with the effective ids of a user: what it opens and connects to, it does as that user."""
    os.setegid(uid)
    os.seteuid(uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def seal(data: bytes, seals: int = _SEALS) -> int:
    """A memory file that cannot change any more."""
    fd = os.memfd_create("module", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, data)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    return fd


def ask_as(host: Running, uid: int, request: Json, *modules: bytes) -> Json:
    """The reply to one request of a user, which comes with modules, sealed."""
    with ExitStack() as stack:
        connection = stack.enter_context(socket.socket(socket.AF_UNIX))
        files = [seal(data) for data in modules]
        for fd in files:
            stack.callback(os.close, fd)
        with acting_as(uid):
            connection.connect(str(host.control))
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was read
            socket.send_fds(connection, [json.dumps(request).encode()], files)
            connection.shutdown(socket.SHUT_WR)
        return dict(json.loads(_receive(connection)))


def _receive(connection: socket.socket) -> bytes:
    said = b""
    with suppress(ConnectionResetError):
        while more := connection.recv(65536):
            said += more
    return said


def update(tenant: str, nodes: Sequence[Json], edges: Sequence[Json], **more: Any) -> Json:
    """A tenant's update."""
    return {"do": "update", "tenant": tenant, "nodes": list(nodes), "edges": list(edges), **more}


def edge(source: str, target: str, gate: int = 0, **marks: bool) -> Json:
    return {"from": source, "gate": gate, "to": target, **marks}


def counter(name: str, tenant: str = "a") -> Json:
    return node(name, "counter", tenant=tenant)


GRANT_A: Json = {
    "uids": [ANN],
    "kinds": ["input", "output", "module", "counter", "drop", "mirror"],
    "ports": ["pool", "null"],
    "max_weight": 10,
    "max_buffers": 2048,
    "max_nodes": 6,
    "max_heap_bytes": 1 << 22,
}
GRANT_B: Json = {"uids": [BOB], "kinds": ["counter"], "read": ["own", "a"]}


def realm(directory: Path, modules: Sequence[str] = (), **access: Any) -> Json:
    """in-x -> src-policy -> (what tenant a makes of it, else drop-x); tenant b has an input and an output.

    Tenants a and b may lead gates to out-y, and a takes what leaves src-policy by gates 0 and 1.
    """
    files = {"files": [f"{directory}/*"], "ports": ["pool", "null", f"pcap:{directory}/*"]}
    few = {"type": "pool", "packets": 64, "count": 64}
    return {
        "cores": [0, 0],
        "tenants": [{"name": name, "workers": [0]} for name in ("ops", "a", "b")],
        "nodes": [
            node("in-x", "input", tenant="ops", **few),
            node("src-policy", "counter", tenant="ops") | {"open_to": {"0": ["a"], "1": ["a"]}},
            node("drop-x", "drop", tenant="ops"),
            node("out-y", "output", tenant="ops", type="null") | {"accept": ["a", "b"]},
            node("in-a", "input", **few),
            node("fixed", "counter") | {"locked": True},
            node("b.in", "input", tenant="b", **few),
            node("b.out", "output", tenant="b", type="null"),
        ],
        "edges": [
            edge("in-x", "src-policy", locked=True),
            edge("src-policy", "drop-x", default=True),
            edge("src-policy", "drop-x", gate=2, locked=True),
            edge("in-a", "fixed", locked=True),
            edge("fixed", "out-y"),
            edge("b.in", "b.out"),
        ],
        "access": {
            "operators": [ROOT, OPERATOR],
            "mandatory": [{"from": "in-x", "through": "src-policy"}],
            "tenants": {"a": GRANT_A | files | {"modules": list(modules)}, "b": dict(GRANT_B)},
            **access,
        },
    }


OWN_NODES: list[Json] = [
    node("in-a", "input", type="pool", packets=64, count=64),
]
OWN_EDGES: list[Json] = [edge("fixed", "out-y")]
"""What tenant a has of its own in the realm, and would have to say again."""
