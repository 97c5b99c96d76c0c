"""DPDK's own test program as a peer: how much processor time it takes to swap the addresses of a packet."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fpcc.errors import InputError

PROGRAM = "dpdk-testpmd"
# Its lcore 1 forwards; both lcores may run wherever this process may, as fphost's thread.
EAL = "--no-huge -m 64 --no-pci --no-telemetry --no-shconf --lcores (0,1)@({cpus}) --vdev={0} --vdev={1}"
WORDS = "--interactive --forward-mode=macswap --burst={batch} --total-num-mbufs=4096 --no-mlockall"
FORWARDER = re.compile(r"(rte|lcore|dpdk)-worker")  # by its thread's name, which versions differ in
PROMPT = "testpmd> "
TOTAL = re.compile(r"Accumulated forward statistics.*?RX-packets: (\d+) ", re.DOTALL)


@dataclass(frozen=True)
class Speed:
    """What one program did in one turn."""

    packets: int
    processor_seconds: float  # of the thread that forwards
    seconds: float

    @property
    def per_core(self) -> float:
        """Millions of packets in a second of processor time."""
        return self.packets / self.processor_seconds / 1e6

    @property
    def rate(self) -> float:
        """Millions of packets in a second."""
        return self.packets / self.seconds / 1e6


def processor_seconds(process: int, thread: int) -> float:
    """Time the thread has run so far."""
    return int(Path(f"/proc/{process}/task/{thread}/schedstat").read_text().split()[0]) / 1e9


def run_testpmd(devices: tuple[str, str], batch: int, cpus: str, seconds: float) -> Speed:
    """One turn between two devices, in both directions. Raises InputError if there is no testpmd."""
    eal = [word.format(*devices, cpus=cpus) for word in EAL.split()]
    with _running([PROGRAM, *eal, "--", *WORDS.format(batch=batch).split()]) as process:
        assert process.stdin is not None and process.stdout is not None
        _read_prompt(process.stdout)
        thread = _find_forwarder(process.pid)
        before, started = processor_seconds(process.pid, thread), time.monotonic()
        _say(process.stdin, "start")
        time.sleep(seconds)
        _say(process.stdin, "stop")
        _read_prompt(process.stdout)
        _read_prompt(process.stdout)
        spent = processor_seconds(process.pid, thread) - before
        ended = time.monotonic()
        _say(process.stdin, "quit")
        return Speed(_read_total(process.stdout.read()), spent, ended - started)


@contextmanager
def _running(words: list[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as error:
        raise InputError(f"{PROGRAM} does not run: {error}; Debian: apt-get install dpdk-dev") from error
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _say(to: IO[str], command: str) -> None:
    to.write(f"{command}\n")
    to.flush()


def _read_prompt(output: IO[str]) -> None:
    """Until it asks for the next command: all else it says stays in its buffer until it ends."""
    said = ""
    while not said.endswith(PROMPT):
        byte = output.read(1)
        if not byte:
            raise InputError(f"{PROGRAM} has ended early:\n{said}")
        said += byte


def _read_total(said: str) -> int:
    """Packets that both ports received, from the statistics."""
    found = TOTAL.search(said)
    if not found:
        raise InputError(f"{PROGRAM} does not say how many packets it forwarded:\n{said}")
    return int(found[1])


def _find_forwarder(process: int) -> int:
    tasks = Path(f"/proc/{process}/task")
    for task in tasks.iterdir():
        if FORWARDER.match((task / "comm").read_text()):
            return int(task.name)
    raise InputError(f"{PROGRAM} has no thread that forwards")
