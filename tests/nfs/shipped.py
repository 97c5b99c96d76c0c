"""The argument files and the capture that ship with the examples."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from tests.nfs.driver import Packet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ARGUMENT_FILES = {
    path.stem: path for path in sorted((EXAMPLES / "nfs" / "args").iterdir()) if path.suffix != ".py"
}
CAPTURE = EXAMPLES / "traffic" / "demo.pcap"


def shipped_args(nf: str) -> str:
    """The argument file of an NF; empty for one that takes none."""
    return ARGUMENT_FILES[nf].read_text(encoding="ascii") if nf in ARGUMENT_FILES else ""


def read_capture(path: Path = CAPTURE) -> list[Packet]:
    return list(iterate_capture(path.read_bytes()))


def iterate_capture(data: bytes) -> Iterator[Packet]:
    """Packets of a little-endian pcap file with microseconds."""
    assert data[:4] == bytes.fromhex("d4c3b2a1")
    at = 24
    while at < len(data):
        seconds, microseconds, captured, length = struct.unpack_from("<IIII", data, at)
        assert captured == length, "a packet is cut off in the capture"
        at += 16 + captured
        yield Packet(data[at - captured : at], seconds * 10**9 + microseconds * 1000)
