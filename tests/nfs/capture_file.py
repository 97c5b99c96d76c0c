"""Capture files (pcap, little-endian), read and written without a library."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.nfs.driver import Packet

# Magic number -> nanoseconds in a unit of its time stamps' second half.
UNITS = {0xA1B2C3D4: 1000, 0xA1B23C4D: 1}
HEADER = struct.Struct("<IHHiIII")
RECORD = struct.Struct("<IIII")
ETHERNET = 1


def read_capture(path: Path) -> list[Packet]:
    return list(iterate_capture(path.read_bytes()))


def iterate_capture(data: bytes) -> Iterator[Packet]:
    unit = UNITS[HEADER.unpack_from(data)[0]]
    at = HEADER.size
    while at < len(data):
        seconds, fraction, captured, length = RECORD.unpack_from(data, at)
        assert captured == length, "a packet is cut off in the capture"
        at += RECORD.size + captured
        yield Packet(data[at - captured : at], seconds * 10**9 + fraction * unit)


def write_capture(path: Path, packets: Sequence[Packet]) -> None:
    """With nanoseconds."""
    parts = [HEADER.pack(0xA1B23C4D, 2, 4, 0, 0, 65535, ETHERNET)]
    for packet in packets:
        size = len(packet.data)
        parts += [RECORD.pack(*divmod(packet.timestamp, 10**9), size, size), packet.data]
    path.write_bytes(b"".join(parts))
