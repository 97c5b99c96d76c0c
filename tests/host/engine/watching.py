"""Traces and taps of a host that runs, asked for over its control socket."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

from fpcc.control.tracing import encode_filter
from tests.host.engine.graphs import Json, Running


def trace(host: Running, expression: str = "", **request: object) -> list[Json]:
    """The packets of a trace that has found as many as it was to; each with the names of its nodes."""
    number = host.ask(do="trace", timeout_ms=600_000, **encode_filter(expression), **request)["trace"]
    return finish_trace(host, number)


def finish_trace(host: Running, number: int) -> list[Json]:
    """Waits for the trace."""
    while not (reply := host.ask(do="traced", trace=number))["finished"]:
        time.sleep(0.01)
    packets: list[Json] = reply["packets"]
    assert len(packets) == reply["matched"]
    return packets


def names(packet: Json) -> list[str]:
    """The nodes it passed, in order; a node that handed it to itself on another worker is there twice."""
    return [hop["node"] for hop in packet["hops"]]


def ask_with(host: Running, request: Json, *files: int) -> Json:
    """One request that comes with open files."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(host.control))
        socket.send_fds(connection, [json.dumps(request).encode()], files)
        connection.shutdown(socket.SHUT_WR)
        return dict(json.loads(b"".join(iter(lambda: connection.recv(65536), b""))))


def tap(host: Running, node: str, file: Path, expression: str = "", **request: object) -> None:
    """Taps a node to a file."""
    with file.open("wb") as opened:
        wanted = {"do": "tap", "node": node, **encode_filter(expression), **request}
        assert ask_with(host, wanted, opened.fileno()) == {"ok": True}


def untap(host: Running, node: str) -> Json:
    """Ends a tap and waits until all is written."""
    while (ended := host.ask(do="untap", node=node)["tap"])["state"] == "ending":
        time.sleep(0.01)
    return dict(ended)


def find_tap(host: Running, node: str) -> Json:
    """What the report says of the tap of a node."""
    found: Json = next(entry for entry in host.ask(do="report")["report"]["taps"] if entry["node"] == node)
    return found


def wait_for_tap(host: Running, node: str, **wanted: object) -> Json:
    """Until the report says that of the tap."""
    while not wanted.items() <= (found := find_tap(host, node)).items():
        time.sleep(0.01)
    return found


def full_pipe() -> tuple[int, int]:
    """A pipe, its ends for reading and writing, that has no room."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, bytes(4096))
    except BlockingIOError:
        os.set_blocking(writer, True)
    return reader, writer
