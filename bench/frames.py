"""Ethernet frames of a fixed length, byte by byte, and capture files of them.

Addresses are integers. Checksums of IPv4 are right; those of UDP are 0 (not used), no NF looks at those of
TCP.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SIZE = 64  # bytes of a frame
TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
ETHERNET = bytes.fromhex("020000000002 020000000001")
_IPV4_TYPE, _IPV6_TYPE = b"\x08\x00", b"\x86\xdd"
_START = 1_700_000_000  # seconds since the epoch of the first packet
_GAP_NS = 67  # 64-byte frames at 10 Gbit/s


@dataclass(frozen=True)
class Tuple5:
    """Who talks to whom. Ports matter to TCP and UDP only."""

    source: int
    destination: int
    protocol: int = UDP
    source_port: int = 0
    destination_port: int = 0


def make_ipv4(flow: Tuple5, payload: bytes = b"") -> bytes:
    """A frame of SIZE bytes; `payload` is cut or filled with zeros."""
    transport = _transport(flow, payload, SIZE - 34)
    head = struct.pack(
        ">BBHHHBBHII", 0x45, 0, 20 + len(transport), 0, 0, 64, flow.protocol, 0, flow.source, flow.destination
    )
    checksum = _checksum(head)
    return ETHERNET + _IPV4_TYPE + head[:10] + checksum.to_bytes(2, "big") + head[12:] + transport


def make_ipv6(flow: Tuple5) -> bytes:
    """The same; TCP does not fit into SIZE bytes with its whole header."""
    transport = _transport(flow, b"", SIZE - 54)
    head = struct.pack(">IHBB", 6 << 28, len(transport), flow.protocol, 64)
    addresses = flow.source.to_bytes(16, "big") + flow.destination.to_bytes(16, "big")
    return ETHERNET + _IPV6_TYPE + head + addresses + transport


def make_answer(frame: bytes) -> bytes:
    """What the other end of an IPv4 frame with ports would send back: addresses and ports exchanged."""
    exchanged = frame[6:12] + frame[:6] + frame[12:26] + frame[30:34] + frame[26:30]
    return exchanged + frame[36:38] + frame[34:36] + frame[38:]


def write_capture(path: Path, frames: Sequence[bytes]) -> None:
    """A pcap file with nanoseconds."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 65535, 1))
        for number, frame in enumerate(frames):
            at = number * _GAP_NS
            file.write(struct.pack("<IIII", _START, at, len(frame), len(frame)) + frame)


def read_capture(path: Path) -> list[bytes]:
    """The frames of a pcap file as fphost writes it."""
    data, at, frames = path.read_bytes(), 24, []
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at + 8)
        frames.append(data[at + 16 : at + 16 + length])
        at += 16 + length
    return frames


def _transport(flow: Tuple5, payload: bytes, room: int) -> bytes:
    heads = {
        TCP: struct.pack(
            ">HHIIBBHHH", flow.source_port, flow.destination_port, 1, 1, 0x50, 0x10, 65535, 0, 0
        ),
        UDP: struct.pack(">HHHH", flow.source_port, flow.destination_port, room, 0),
    }
    head = heads.get(flow.protocol, bytes([8, 0, 0, 0, 0, 1, 0, 1]))
    return (head + payload)[:room].ljust(room, b"\0")


def _checksum(head: bytes) -> int:
    total: int = sum(struct.unpack(f">{len(head) // 2}H", head))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
