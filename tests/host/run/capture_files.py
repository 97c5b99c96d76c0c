"""Capture files, written and read without the library fphost uses."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

NANO = 0xA1B23C4D
ETHERNET = 1


@dataclass(frozen=True)
class Captured:
    """One packet; `wire` is its length before the capture cut it, 0 if it did not."""

    frame: bytes
    time: int = 0
    wire: int = 0


def write_capture(path: Path, packets: list[Captured], magic: int = NANO, link: int = ETHERNET) -> Path:
    """Writes a capture; with the magic of microseconds, times lose what is below."""
    unit = 1 if magic == NANO else 1000
    blocks = [struct.pack("<IHHiIII", magic, 2, 4, 0, 0, 262144, link)]
    for packet in packets:
        seconds, rest = divmod(packet.time, 10**9)
        length = len(packet.frame)
        blocks.append(
            struct.pack("<IIII", seconds, rest // unit, length, packet.wire or length) + packet.frame
        )
    path.write_bytes(b"".join(blocks))
    return path


def read_capture(path: Path) -> list[Captured]:
    """Reads a capture with nanoseconds, which is what fphost writes."""
    data = path.read_bytes()
    magic, _, _, _, _, _, link = struct.unpack_from("<IHHiIII", data)
    assert (magic, link) == (NANO, ETHERNET)
    at, packets = 24, []
    while at < len(data):
        seconds, rest, kept, wire = struct.unpack_from("<IIII", data, at)
        at += 16
        packets.append(Captured(data[at : at + kept], seconds * 10**9 + rest, wire))
        at += kept
    assert at == len(data)
    return packets
