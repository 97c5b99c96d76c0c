"""A running `fphost serve`, every event of which is looked at."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO

from bench.host.plane import Json, wait_for_socket
from fpcc.control.client import ControlClient


class Watched:
    """The process, its control socket, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes], control: Path) -> None:
        self.process = process
        self.control = control
        self.client = ControlClient(control)
        self.said: Counter[str] = Counter()  # events by kind
        self.alarms: list[Json] = []  # events that must not be
        self.done: Json = {}  # the last one
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def finish(self) -> int:
        """Asks for an orderly end; the exit status, once all events are read."""
        self.client.ask({"do": "stop"})
        self._listener.join()
        return self.process.wait()

    def status_within(self, seconds: float) -> int | None:
        """The exit status; None if it still runs then."""
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(seconds)
        return None

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._note(json.loads(line))

    def _note(self, event: Json) -> None:
        kind = event["event"]
        self.said[kind] += 1
        if kind == "error" or (kind == "restart" and not event["ok"]):
            self.alarms.append(event)
        if kind == "done":
            self.done = event


def _environment() -> dict[str, str]:
    """What is freed goes back to the system at once, so that resident memory is what the host holds."""
    return {**os.environ, "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}


@contextmanager
def watching(program: Path, graph: Json, messages: IO[bytes]) -> Iterator[Watched]:
    """A host that runs the graph for as long as the block lasts; its standard error goes to `messages`."""
    with tempfile.TemporaryDirectory(prefix="fpcc-soak-") as name:
        control = Path(name, "control")
        config = Path(name, "serve.json")
        config.write_text(json.dumps({"graph": graph, "control": str(control), "forever": True}))
        with _running([str(program), "serve", str(config)], messages) as process:
            wait_for_socket(process, control)
            yield Watched(process, control)


@contextmanager
def _running(command: list[str], messages: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Ended with the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=messages, env=_environment()) as process:
        try:
            yield process
        finally:
            process.kill()
