"""Clients of the control socket that do not keep to it: the host goes on, and answers the next one."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.host.engine.graphs import Running, generator, graph, nowhere, path, running

ENDLESS = 1 << 40


@pytest.fixture
def host(fphost: Path, tmp_path: Path) -> Iterator[Running]:
    """A host whose packets flow, before and after; no file is left open in it."""
    wanted = graph([generator(packets=ENDLESS), nowhere()], path("in", "out"))
    with running(fphost, wanted, tmp_path) as service:
        files = count_files(service)
        yield service
        assert service.ask(do="report")["ok"]
        assert count_files(service) == files
        service.finish().check_accounts()


def count_files(host: Running) -> int:
    return len(os.listdir(f"/proc/{host.process.pid}/fd"))


def talk(host: Running, send: Callable[[socket.socket], None]) -> bytes:
    """What is answered to what `send` sends; nothing if the host hangs up."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(host.control))
        try:
            send(connection)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except (BrokenPipeError, ConnectionResetError):
            return b""


TEXTS = {
    "nothing": b"",
    "garbage": bytes(range(256)) * 8,
    "half": b'{"do": "upd',
    "twice": b'{"do": "report", "do": "stop"}',
    "two": b'{"do": "report"}{"do": "stop"}',
    "list": b'["report"]',
    "number": b"7",
    "deep": b"[" * 100_000,
    "deep graph": b'{"do": "update", "graph": ' + b'{"nodes": ' * 1000 + b"1" + b"}" * 1001,
    "nul": b'{"do": "report\\u0000"}',
    "latin": b'{"do": "\xe9"}',
    "no graph": b'{"do": "update"}',
    "null graph": b'{"do": "update", "graph": null}',
    "list of nothing": b'{"do": "update", "graph": {"tenants": [null], "nodes": [null], "edges": [null]}}',
    "numbers": b'{"do": "update", "graph": {"tenants": [1e999], "nodes": [-0], "edges": []}}',
    "unknown": b'{"do": "dance"}',
    "number to do": b'{"do": 1}',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_text_that_makes_no_sense_is_refused(text: bytes, host: Running) -> None:
    reply = json.loads(talk(host, lambda connection: connection.sendall(text)))
    assert reply["ok"] is False
    assert reply["error"]


def test_more_text_than_there_may_be(host: Running) -> None:
    """64 MiB: the host stops reading long before."""
    reply = talk(host, lambda connection: connection.sendall(b" " * (64 << 20)))
    assert not reply or json.loads(reply)["ok"] is False


@pytest.mark.parametrize("count", [64, 65, 200])
def test_files_that_nobody_asked_for(count: int, host: Running) -> None:
    """Up to 64 are taken and closed again; more are refused."""
    files = [os.open(os.devnull, os.O_RDONLY)] * count
    reply = talk(host, lambda connection: void(socket.send_fds(connection, [b'{"do": "report"}'], files)))
    os.close(files[0])
    assert (json.loads(reply)["ok"] is True) == (count <= 64)


def test_a_module_that_is_not_sealed(host: Running, tmp_path: Path) -> None:
    nodes = [
        generator(packets=ENDLESS),
        {"name": "nf", "tenant": "a", "kind": "module", "options": {"module": "nf", "sealed": 0}},
        nowhere(),
    ]
    request = {"do": "update", "graph": graph(nodes, path("in", "nf", "out"))}
    (tmp_path / "nf").write_bytes(b"\x7fELF")
    with (tmp_path / "nf").open("rb") as file:
        text = json.dumps(request).encode()
        reply = talk(host, lambda connection: void(socket.send_fds(connection, [text], [file.fileno()])))
    assert "not sealed" in json.loads(reply)["error"]


def test_a_module_to_be_kept_that_is_not_there(host: Running) -> None:
    nodes = [
        generator(packets=ENDLESS),
        {"name": "nf", "tenant": "a", "kind": "module", "options": {"module": "nf", "keep": True}},
        nowhere(),
    ]
    reply = host.ask(do="update", graph=graph(nodes, path("in", "nf", "out")))
    assert "none can be kept" in reply["error"]


def test_clients_that_say_nothing_keep_no_one_from_asking(host: Running) -> None:
    """Three stall at once; the next one is answered all the same, and packets flow meanwhile."""
    stalled = [socket.socket(socket.AF_UNIX) for _ in range(3)]
    for connection in stalled:
        connection.connect(str(host.control))
        connection.sendall(b'{"do"')
    before = host.report().counts("in")["in"]
    assert host.report().counts("in")["in"] > before
    for connection in stalled:
        connection.close()


def test_a_client_that_sends_a_little_now_and_then_is_given_up(host: Running) -> None:
    def drip(connection: socket.socket) -> None:
        while True:
            connection.sendall(b" ")
            time.sleep(0.5)

    assert talk(host, drip) == b""


def test_clients_that_do_not_wait_for_the_answer(host: Running) -> None:
    for _ in range(50):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(host.control))
            connection.sendall(b'{"do": "report"}')


def void(_: object) -> None:
    """For a function that is to return nothing."""
