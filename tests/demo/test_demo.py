"""`make demo`, as a user runs it: the firewall drops some packets of the capture and passes the rest."""

from __future__ import annotations

import os
import struct
import subprocess
from collections import Counter
from pathlib import Path

import pytest

FILE_HEADER, RECORD_HEADER = 24, 16


def read_frames(capture: Path) -> Counter[bytes]:
    """The frames of a classic little-endian pcap file, and how often each occurs."""
    data = capture.read_bytes()
    frames: Counter[bytes] = Counter()
    at = FILE_HEADER
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at + 8)
        at += RECORD_HEADER
        frames[data[at : at + length]] += 1
        at += length
    return frames


@pytest.fixture(scope="module")
def demo(repo: Path) -> str:
    """What `make demo` prints; HOME is unset, as it may be."""
    environment = {name: value for name, value in os.environ.items() if name not in ("HOME", "MAKEFLAGS")}
    done = subprocess.run(
        ["make", "demo"], cwd=repo, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.usefixtures("demo")
def test_survivors_are_packets_of_the_capture_unchanged(repo: Path) -> None:
    before = read_frames(repo / "examples/traffic/demo.pcap")
    after = read_frames(repo / "build/demo/out.pcap")
    assert after <= before
    assert 0 < after.total() < before.total()


def test_it_says_what_happened(demo: str) -> None:
    for word in ("guards", "gate", "packets"):
        assert word in demo.lower(), f"{word} is not in:\n{demo}"


@pytest.mark.usefixtures("demo")
def test_a_second_run_builds_no_host(repo: Path) -> None:
    host = repo / "build/host/runtime/fphost"
    before = host.stat().st_mtime_ns
    subprocess.run(["make", "host"], cwd=repo, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert host.stat().st_mtime_ns == before
