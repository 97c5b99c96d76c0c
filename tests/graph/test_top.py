"""`fpcc top` on a terminal: it shows rates until q."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import RunFpcc
from tests.graph.serving import FPCC, serving, write_graph
from tests.interrupts import interrupts_heeded


def read_until(terminal: int, text: str) -> None:
    """What it shows holds the text at last."""
    shown = ""
    while text not in shown:
        shown += os.read(terminal, 65536).decode(errors="replace")


def read_to_the_end(terminal: int) -> None:
    """Until nobody has the other side any more: who writes to a terminal that nobody reads stops."""
    with suppress(OSError):
        while os.read(terminal, 65536):
            pass


@pytest.mark.parametrize("key", ["q", "interrupt"])
def test_it_shows_rates_until_it_is_told_to_end(
    key: str, tmp_path: Path, macswap: Path, run_fpcc: RunFpcc
) -> None:
    with serving(write_graph(tmp_path / "g.toml", macswap), run_fpcc) as service:
        ours, theirs = pty.openpty()
        command = [str(FPCC), "top", "--control", str(service.control), "--interval", "0.1"]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "160", "LINES": "50"}
        with interrupts_heeded():
            top = subprocess.Popen(
                command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
            )
        os.close(theirs)
        for _ in range(2):
            read_until(ours, "cycles/packet")
        if key == "q":
            os.write(ours, b"q")
        else:
            top.send_signal(signal.SIGINT)
        read_to_the_end(ours)
        assert top.wait() == (0 if key == "q" else 130)
        os.close(ours)
        assert service.ask("stop") == {"ok": True}
        assert service.finish()[0] == 0


def test_it_says_so_when_the_host_has_gone(tmp_path: Path, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("top", "--control", tmp_path / "none")
    assert done.returncode == 1
    assert "does `fpcc serve` run" in done.stderr
