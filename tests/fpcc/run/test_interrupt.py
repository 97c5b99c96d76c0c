"""Ctrl-C and what else may end a run early, and the progress bar of a long one."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Start = Callable[..., "subprocess.Popen[str]"]
FPCC = Path(sys.executable).parent / "fpcc"


@pytest.fixture
def start(endless: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts `fpcc run` on packets without end and returns once they flow. Standard error is in tmp_path."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> subprocess.Popen[str]:
        with (tmp_path / "stderr").open("w") as err:
            command = [str(FPCC), "run", str(endless), *words]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True)
        started.append(process)
        while "flowing" not in (tmp_path / "stderr").read_text():
            assert process.poll() is None, (tmp_path / "stderr").read_text()
            time.sleep(0.02)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def find_child(pid: int) -> int:
    """The only child of a process."""
    (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(child)


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").exists()


def test_an_interrupt_ends_with_the_counts(start: Start) -> None:
    process = start()
    host = find_child(process.pid)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()
    assert process.returncode == 130
    assert "interrupted: " in out and "packets in" in out and "gate 0" in out
    assert not is_alive(host)


def test_a_terminal_s_interrupt_reaches_the_host_once(start: Start) -> None:
    """The host is in no process group of the terminal; a second signal would kill it."""
    process = start()
    assert os.getpgid(find_child(process.pid)) != os.getpgid(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.communicate()[0]


def test_an_interrupted_run_is_a_document_too(start: Start, tmp_path: Path, endless: Path) -> None:
    process = subprocess.Popen([FPCC, "run", endless, "--json"], stdout=subprocess.PIPE, text=True)
    while not has_run(process.pid):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate()
    said = json.loads(out)
    assert (process.returncode, said["outcome"]) == (130, "interrupted")
    assert said["in"] == said["out"] > 0


def has_run(pid: int) -> bool:
    """Whether the child has had a fifth of a second of processor time: it is past its start."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    if not children:
        return False
    user_ticks = int(Path(f"/proc/{children[0]}/stat").read_text().rpartition(")")[2].split()[11])
    return user_ticks > os.sysconf("SC_CLK_TCK") / 5


def test_a_host_that_dies_leaves_a_message(start: Start, tmp_path: Path) -> None:
    process = start()
    os.kill(find_child(process.pid), signal.SIGKILL)
    out, _ = process.communicate()
    err = (tmp_path / "stderr").read_text()
    assert process.returncode == 1 and out == ""
    assert "fphost was ended by SIGKILL" in err and "Traceback" not in err


def test_a_long_run_shows_progress_on_a_terminal(endless: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [FPCC, "run", endless], stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        shown = b""
        while b"packets in" not in shown:
            shown += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None and "interrupted: " in process.stdout.read()
    os.close(ours)
    assert process.returncode == 130
