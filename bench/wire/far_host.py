"""The separate host: a sender in a network namespace of its own, and the veth pair that leads to it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.peers.driver_program import HOST_SOURCES, LIBRARIES
from bench.peers.peer import run_command
from fpcc.benchmark.contest import PACKETS
from fpcc.errors import ToolError
from fpcc.paths import find_layout

SENDER = Path(__file__).with_name("sender.c")
TOOLS = {
    "gcc": "gcc",
    "ip": "iproute2",
    "unshare": "util-linux",
    "nsenter": "util-linux",
}  # with their packages


@dataclass(frozen=True)
class FarHost:
    """`near` is fphost's end of the pair, `far` the sender's, in the namespace of process `pid`."""

    pid: int
    near: str
    far: str

    def count_received(self) -> int:
        """Packets that have arrived at the far end so far."""
        shown = run_command([*_inside(self.pid), "ip", "-s", "-j", "link", "show", "dev", self.far])
        return int(json.loads(shown)[0]["stats64"]["rx"]["packets"])


def find_far_host() -> str:
    """Why there can be none, "" if there can."""
    if os.geteuid():
        return "traffic from a separate host needs root: network namespaces and packet sockets"
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        return f"{missing[0]} is missing (Debian: apt-get install {TOOLS[missing[0]]})"
    if len(os.sched_getaffinity(0)) < 2:
        return "traffic from a separate host needs two processors, one of them for the sender"
    return ""


def build_sender(directory: Path) -> Path:
    """In the directory, unless it is there. Raises ToolError."""
    output = directory / "sender"
    if output.exists():
        return output
    layout = find_layout()
    host = layout.include.parent / "host"
    flags = ("-std=gnu11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror")
    sources = [SENDER, *(host / f"{name}.c" for name in HOST_SOURCES)]
    run_command(["gcc", *flags, f"-I{layout.include}", f"-I{host}", "-o", output, *sources, *LIBRARIES])
    return output


@contextmanager
def start_far_host(sender: Path, capture: Path, processor: int) -> Iterator[FarHost]:
    """It sends from here on. Raises ToolError.

    When its process ends, however that comes about, the kernel removes namespace and pair in its own time.
    """
    words = ["unshare", "--net", str(sender), str(capture), str(PACKETS)]
    with _running(words) as process:
        os.sched_setaffinity(process.pid, {processor})
        far = _connect(process, words)
        yield far
        if process.poll() is not None:
            raise ToolError(words, _last_words(process), process.returncode)
        run_command(["ip", "link", "del", "dev", far.near])


@contextmanager
def _running(words: list[str]) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _connect(process: subprocess.Popen[str], words: list[str]) -> FarHost:
    assert process.stdin and process.stdout
    if process.stdout.readline() != "ready\n":
        raise ToolError(words, _last_words(process), process.wait())
    host = FarHost(process.pid, f"fpn{process.pid}", f"fpf{process.pid}")
    pair = ("type", "veth", "peer", "name", host.far, "netns", str(host.pid))
    run_command(["ip", "link", "add", "name", host.near, *pair])
    _silence(host.near)
    run_command([*_inside(host.pid), "ip", "link", "set", host.far, "up"])
    run_command(["ip", "link", "set", host.near, "up"])
    process.stdin.write(f"{host.far}\n")
    process.stdin.flush()
    return host


def _silence(interface: str) -> None:
    """This machine is not to look for neighbours there: all that goes out is fphost's."""
    setting = Path(f"/proc/sys/net/ipv6/conf/{interface}/disable_ipv6")
    if setting.exists():
        setting.write_text("1")


def _inside(pid: int) -> tuple[str, ...]:
    return ("nsenter", f"--net=/proc/{pid}/ns/net")


def _last_words(process: subprocess.Popen[str]) -> str:
    return process.stderr.read().strip() if process.stderr else ""
