"""Taps: a file of the user's is opened here, and handed to the host to write what passes a node."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fpcc.control.client import ControlClient, Json, RequestRefused
from fpcc.control.tracing import encode_filter
from fpcc.errors import InputError

_PERIOD = 0.05  # seconds between two questions
_PATIENCE = 5.0  # seconds for the host to write what it has: it gives a pipe that nobody reads two


@dataclass(frozen=True)
class TapWanted:
    """`expression` in tcpdump's syntax, "": every packet; `gate` None: what comes; `count` None: no end."""

    node: str
    expression: str
    gate: int | None
    count: int | None


def start_tap(client: ControlClient, wanted: TapWanted, path: Path) -> Json:
    """The reply; "-" is standard output.

    Raises FilterError, InputError, RequestRefused: then the file is as before.
    """
    request: Json = {"do": "tap", "node": wanted.node} | encode_filter(wanted.expression)
    if wanted.gate is not None:
        request["gate"] = wanted.gate
    if wanted.count is not None:
        request["count"] = wanted.count
    with _opened(path) as fd:
        return client.ask(request, [fd])


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open for writing, not emptied: that is the host's, once the tap is there. A file made in vain goes."""
    if str(path) == "-":
        yield 1
        return
    existed = path.exists()
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    try:
        yield fd
    except Exception:
        if not existed and stat.S_ISREG(os.fstat(fd).st_mode):
            path.unlink(missing_ok=True)
        raise
    finally:
        os.close(fd)


def end_tap(client: ControlClient, node: str) -> Json:
    """The tap, once all is written. Raises RequestRefused; InputError if it takes too long."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        tap: Json = client.ask({"do": "untap", "node": node})["tap"]
        if tap["state"] != "ending":
            return tap
        if time.monotonic() > deadline:
            raise InputError(f"{node}: the tap has ended, but its file does not take what is left to write")
        time.sleep(_PERIOD)


def describe_tap(tap: Json) -> str:
    """What came of a tap that has ended, as a sentence. Raises RequestRefused if it could not write."""
    if tap["state"] == "failed":
        raise RequestRefused(f"the tap of {tap['node']} failed: {tap['error']}")
    return f"{tap['node']}: {tap['written']:,} packets written, {tap['missed']:,} missed"
