"""The door to fphost: starts one of its commands, hands it a configuration, reads what it says.

fphost runs in a process group of its own, so that a Ctrl-C reaches fpcc only: the first one, or a SIGTERM,
asks fphost to stop, and it still says its counts; the second one ends it. Events: runtime/host/event.h and
bench.h.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any

from fpcc.errors import InputError, ToolError
from fpcc.paths import host_program

Event = Mapping[str, Any]

# fphost's exit statuses (runtime/host/command.h).
DONE, FAILED, USAGE, REFUSED = range(4)
_STATUSES = (DONE, FAILED, USAGE, REFUSED)


@dataclass
class HostProcess:
    """A running fphost; `status` is known once its events have ended."""

    command: list[str]
    process: subprocess.Popen[bytes]
    messages: IO[bytes]
    stops: int = 0  # how often it was asked to stop
    status: int = field(default=-1)

    def events(self) -> Iterator[Event]:
        """Every event until it ends. Raises ToolError if it crashes or says what is no event."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield self._decode(line)
        self.status = self.process.wait()
        if self.status not in _STATUSES and not self.was_stopped:
            raise ToolError(self.command, self._describe_end(), self.status)

    @property
    def was_stopped(self) -> bool:
        """Whether it ended because it was asked to, before it could say its counts."""
        return self.stops > 0 and self.status in (-signal.SIGINT, -signal.SIGKILL)

    def stop(self) -> None:
        """Asks for an orderly end; the second time there is no more asking."""
        self.stops += 1
        self.process.send_signal(signal.SIGINT if self.stops == 1 else signal.SIGKILL)

    def said(self) -> str:
        """What it wrote on standard error, less its own name."""
        self.messages.seek(0)
        return self.messages.read().decode(errors="replace").strip().removeprefix("fphost: ")

    def _decode(self, line: bytes) -> Event:
        try:
            event = json.loads(line)
        except ValueError:
            event = None
        if not isinstance(event, dict) or not isinstance(event.get("event"), str):
            raise ToolError(self.command, f"said what is no event: {line[:200]!r}\n{self.said()}")
        return event

    def _describe_end(self) -> str:
        """Nothing a module does may end the host."""
        how = (
            f"was ended by {signal.Signals(-self.status).name}" if self.status < 0 else f"exit {self.status}"
        )
        return f"fphost {how}, which no module can bring about: please report\n{self.said()}"


@contextmanager
def start_host(
    command: str, configuration: Mapping[str, Any], files: Sequence[int] = ()
) -> Iterator[HostProcess]:
    """Runs `fphost COMMAND -` and sends it the configuration and open `files` over its control socket.

    However the block is left, fphost has ended after it.
    """
    words = [str(host_program()), command, "-"]
    text = encode_json(configuration)
    ours, theirs = socket.socketpair()
    with tempfile.TemporaryFile() as messages, ours, _running(words, theirs, messages) as process:
        host = HostProcess(words, process, messages)
        with _interrupts(host.stop):
            hand_over(ours, text, files)
            yield host


@contextmanager
def _running(
    words: list[str], control: socket.socket, messages: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    try:
        with control:
            process = subprocess.Popen(
                words, stdin=control.fileno(), stdout=subprocess.PIPE, stderr=messages, process_group=0
            )
    except OSError as error:
        raise ToolError(words, str(error)) from error
    try:
        yield process
    finally:
        _end(process)


def encode_json(configuration: Mapping[str, Any]) -> bytes:
    """As UTF-8. Raises InputError for text that is not Unicode, as a path may be."""
    try:
        return json.dumps(configuration, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        name = os.fsencode(error.object[max(0, error.start - 80) : error.end + 80])
        raise InputError(f"a path or name is not UTF-8, which fphost needs: {name!r}") from error


def hand_over(control: socket.socket, text: bytes, files: Sequence[int]) -> None:
    """Sends everything and ends our side. If the reader has gone already, it tells why by itself."""
    with suppress(BrokenPipeError, ConnectionResetError):
        sent = socket.send_fds(control, [text], list(files))
        control.sendall(text[sent:])
        control.shutdown(socket.SHUT_WR)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


@contextmanager
def _interrupts(stop: Callable[[], None]) -> Iterator[None]:
    """SIGINT and SIGTERM call `stop` and raise nothing: the events still to come are wanted."""
    before = {number: signal.signal(number, lambda *_: stop()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
