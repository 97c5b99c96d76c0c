"""Network namespaces and veth pairs: what tests of live ports run in. Need root and iproute2."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CLONE_NEWNET = 0x40000000
SOL_PACKET, IGNORE_OUTGOING = 263, 23
SO_RCVBUFFORCE, ROOM = 33, 1 << 24  # bytes that may wait in a socket
ETH_P_ALL = 3
_libc = ctypes.CDLL(None, use_errno=True)


def find_namespaces() -> str:
    """Why there are none, "" if there are."""
    if os.geteuid():
        return "network namespaces need root"
    return "" if shutil.which("ip") else "ip is missing (Debian: apt-get install iproute2)"


@contextmanager
def enter_namespace() -> Iterator[None]:
    """This thread, and all it starts, in a network of its own, in which nobody speaks unasked."""
    if missing := find_namespaces():
        pytest.skip(missing)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    if _libc.unshare(CLONE_NEWNET):
        os.close(before)
        pytest.skip(f"no network namespace: {os.strerror(ctypes.get_errno())}")
    try:
        default = Path("/proc/sys/net/ipv6/conf/default/disable_ipv6")
        if default.exists():
            default.write_text("1")
        yield
    finally:
        _libc.setns(before, CLONE_NEWNET)
        os.close(before)


def ip(*words: str) -> None:
    """Runs `ip WORDS...`; its words are the failure."""
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"


def make_pair(one: str, other: str) -> None:
    """Two interfaces; what one sends the other receives. Both are up."""
    ip("link", "add", "name", one, "type", "veth", "peer", "name", other)
    ip("link", "set", one, "up")
    ip("link", "set", other, "up")


def open_end(interface: str) -> socket.socket:
    """A socket that sends frames out of an interface, and receives those that others send to it."""
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    end.setsockopt(SOL_PACKET, IGNORE_OUTGOING, 1)
    end.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, ROOM)
    end.bind((interface, ETH_P_ALL))
    end.setblocking(False)
    return end


def drain(end: socket.socket) -> list[bytes]:
    """All frames that have arrived, less VLAN tags that the kernel took off."""
    frames = []
    while True:
        try:
            frames.append(end.recv(65536))
        except BlockingIOError:
            return frames
