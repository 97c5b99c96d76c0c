"""Users who ask all the time: the operator's log stays readable, and the operator is answered before them."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.host.access.users import ANN, BOB, ROOT, STRANGER, acting_as, ask_as, realm
from tests.host.engine.graphs import Running, running

AT_ONCE = 64  # FP_REFUSALS_AT_ONCE
OF_USER = 4  # FP_CALLERS_OF_USER


def logged(host: Running, uid: int) -> tuple[int, int]:
    """Refusals of a user that the log has, and that it only counts."""
    own = [event for event in host.events if event.get("uid") == uid]
    said = [event for event in own if event["event"] == "refused"]
    return len(said), sum(event["requests"] for event in own if event["event"] == "refusals suppressed")


@pytest.mark.parametrize("uid", [ANN, STRANGER])
def test_refusals_are_said_up_to_a_rate_and_counted_beyond(
    fphost: Path, open_directory: Path, uid: int
) -> None:
    asked = 400
    with running(fphost, realm(open_directory), open_directory) as host:
        began = time.monotonic()
        for _ in range(asked):
            assert ask_as(host, uid, {"do": "stop"})["ok"] is False
        lasted = time.monotonic() - began
        assert ask_as(host, BOB, {"do": "stop"})["ok"] is False
        host.finish()
    said, counted = logged(host, uid)
    assert said + counted == asked
    assert AT_ONCE <= said <= AT_ONCE + lasted + 1
    assert logged(host, BOB) == (1, 0)
    lines = [event for event in host.events if event["event"] == "refusals suppressed"]
    assert 1 <= len(lines) <= lasted + 2


def connect(host: Running, stack: ExitStack, count: int) -> list[socket.socket]:
    """Connections of tenant a's user, who says nothing."""
    silent = [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(count)]
    with acting_as(ANN):
        for connection in silent:
            connection.connect(str(host.control))
    return silent


def test_the_operator_is_answered_before_those_who_wait(fphost: Path, open_directory: Path) -> None:
    """Each of the waiting would keep the host for two seconds; when the operator has its answer, at most one
    has had its turn. The others of the same user are turned away at once."""
    with running(fphost, realm(open_directory), open_directory) as host, ExitStack() as stack:
        silent = connect(host, stack, 3 * OF_USER)
        assert ask_as(host, ROOT, {"do": "report"})["ok"]
        said = [hear(connection) for connection in silent]
        turned_away = [text for text in said if b"requests waiting" in text]
        assert len(turned_away) >= len(silent) - OF_USER - 1
        assert sum(b"in time" in text for text in said) <= 1
        host.finish()


def hear(connection: socket.socket) -> bytes:
    """What has been answered so far."""
    connection.setblocking(False)
    try:
        return connection.recv(4096)
    except BlockingIOError:
        return b""


def test_users_take_turns(fphost: Path, open_directory: Path) -> None:
    """One who waits behind several of another is answered after one of them."""
    with running(fphost, realm(open_directory), open_directory) as host, ExitStack() as stack:
        silent = connect(host, stack, OF_USER)
        assert ask_as(host, BOB, {"do": "report"})["ok"]
        assert sum(b"in time" in hear(connection) for connection in silent) <= 2
        host.finish()
