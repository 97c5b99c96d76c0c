"""The control socket from outside: one request, one reply (docs/control.md)."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fpcc.errors import FpccError, InputError, ToolError
from fpcc.host_process import encode_json, hand_over

Json = dict[str, Any]

PATIENCE = 60.0  # seconds: an update waits for the init() of every new module
_LARGEST = 1 << 28  # bytes of a reply
_CHUNK = 1 << 16


@dataclass(frozen=True)
class View:
    """The graph in force, as far as the user may see it."""

    graph: Json
    is_operator: bool


class RequestRefused(FpccError):
    """The host does not do what it was asked for; everything is as before."""


class ControlClient:
    """Asks the host that listens at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def report(self) -> Json:
        """What has happened so far: runtime/host/engine/report.c."""
        return dict(self.ask({"do": "report"})["report"])

    def graph(self) -> Json:
        """The graph in force: runtime/host/engine/plan.h."""
        return self.view().graph

    def view(self) -> View:
        """The same, and whether whoever asks is an operator."""
        reply = self.ask({"do": "graph"})
        return View(dict(reply["graph"]), bool(reply["operator"]))

    def ask(self, request: Json, files: Sequence[int] = ()) -> Json:
        """The reply, which says "ok". Raises RequestRefused; InputError if nobody listens or answers."""
        text = encode_json(request)
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(PATIENCE)
                connection.connect(str(self.path))
                hand_over(connection, text, files)
                data = _receive(connection)
        except TimeoutError as error:
            raise InputError(f"{self.path}: no answer within {PATIENCE:.0f} seconds") from error
        except OSError as error:
            raise InputError(
                f"{self.path}: {error.strerror or error}\n    does `fpcc serve` run, with this --control?"
            ) from error
        return self._check(data)

    def _check(self, data: bytes) -> Json:
        try:
            reply = json.loads(data)
        except ValueError:
            reply = None
        if not isinstance(reply, dict) or not isinstance(reply.get("ok"), bool):
            raise ToolError(["fphost", str(self.path)], f"said what is no reply: {data[:200]!r}")
        if not reply["ok"]:
            raise RequestRefused(str(reply.get("error")))
        return reply


def _receive(connection: socket.socket) -> bytes:
    """Up to the end of the stream."""
    data = bytearray()
    try:
        while (some := connection.recv(_CHUNK)) and len(data) < _LARGEST:
            data += some
    except ConnectionResetError:  # a user without rights is answered before the request is read
        if not data:
            raise
    return bytes(data)
