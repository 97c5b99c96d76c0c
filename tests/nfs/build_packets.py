"""Frames made from their fields, with right lengths and checksums unless a field says otherwise."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

TCP, UDP, ICMP, ICMPV6 = 6, 17, 1, 58
FIN, SYN, RST, ACK = 1, 2, 4, 16


def ethernet(
    payload: bytes,
    kind: int = 0x0800,
    tags: tuple[int, ...] = (),
    source: bytes = b"\x02\0\0\0\0\1",
    destination: bytes = b"\x02\0\0\0\0\2",
) -> bytes:
    """A frame; `tags` are VLAN ids, outermost first."""
    types = (0x88A8, 0x8100) if len(tags) == 2 else (0x8100,) * len(tags)
    tag_bytes = b"".join(struct.pack("!HH", *tag) for tag in zip(types, tags, strict=True))
    return destination + source + tag_bytes + struct.pack("!H", kind) + payload


def checksum(data: bytes) -> int:
    """RFC 1071: the complement of the one's complement sum of the 16-bit words."""
    data += b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


Ends = tuple[str, str]  # addresses: from, to


@dataclass(frozen=True)
class Ipv4Fields:
    ttl: int = 64
    fragment: int = 0  # the 16-bit word of flags and offset
    options: bytes = b""


def ipv4(ends: Ends, protocol: int, payload: bytes, fields: Ipv4Fields = Ipv4Fields()) -> bytes:
    """A datagram with a right header checksum."""
    header_bytes = 20 + len(fields.options)
    header = struct.pack(
        "!BBHHHBBH",
        0x40 | header_bytes // 4,
        0,
        header_bytes + len(payload),
        1,
        fields.fragment,
        fields.ttl,
        protocol,
        0,
    )
    header += b"".join(IPv4Address(end).packed for end in ends) + fields.options
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


Extension = tuple[int, bytes]  # protocol number, bytes after its next-header byte


def ipv6(ends: Ends, protocol: int, payload: bytes, extensions: tuple[Extension, ...] = ()) -> bytes:
    first, *following = [number for number, _ in extensions] + [protocol]
    chain = b"".join(bytes([n]) + body for n, (_, body) in zip(following, extensions, strict=True))
    header = struct.pack("!IHBB", 6 << 28, len(chain) + len(payload), first, 64)
    return header + b"".join(IPv6Address(end).packed for end in ends) + chain + payload


def pseudo_header(source: bytes, destination: bytes, protocol: int, length: int) -> bytes:
    """What the TCP, UDP and ICMPv6 checksums take from the IP header, of either version."""
    return source + destination + struct.pack("!IHBB", length, 0, 0, protocol)


def transport_checksum(source: bytes, destination: bytes, protocol: int, segment: bytes) -> int:
    """Of a segment whose checksum field is zero; UDP sends 0 as 0xffff."""
    value = checksum(pseudo_header(source, destination, protocol, len(segment)) + segment)
    return 0xFFFF if protocol == UDP and value == 0 else value


def tcp(sport: int, dport: int, payload: bytes = b"", flags: int = ACK, options: bytes = b"") -> bytes:
    """A segment without checksum: `with_checksum` adds it."""
    offset = (20 + len(options)) // 4 << 4
    return struct.pack("!HHIIBBHHH", sport, dport, 1, 1, offset, flags, 1024, 0, 0) + options + payload


def udp(sport: int, dport: int, payload: bytes = b"") -> bytes:
    return struct.pack("!HHHH", sport, dport, 8 + len(payload), 0) + payload


def icmp(kind: int, ident: int = 0, payload: bytes = b"", code: int = 0) -> bytes:
    message = struct.pack("!BBHHH", kind, code, 0, ident, 1) + payload
    return message[:2] + struct.pack("!H", checksum(message)) + message[4:]


CHECKSUM_AT = {TCP: 16, UDP: 6}


def with_checksum(ends: Ends, protocol: int, segment: bytes) -> bytes:
    """The segment with its checksum filled in, if its protocol has one over the pseudo header."""
    if protocol not in CHECKSUM_AT:
        return segment
    at = CHECKSUM_AT[protocol]
    source, destination = (ip_address(end).packed for end in ends)
    value = transport_checksum(source, destination, protocol, segment)
    return segment[:at] + struct.pack("!H", value) + segment[at + 2 :]


def frame(ends: Ends, protocol: int, segment: bytes, tags: tuple[int, ...] = (), ttl: int = 64) -> bytes:
    """A whole frame of either IP version, every checksum right."""
    segment = with_checksum(ends, protocol, segment)
    if ":" in ends[0]:
        return ethernet(ipv6(ends, protocol, segment), 0x86DD, tags)
    return ethernet(ipv4(ends, protocol, segment, Ipv4Fields(ttl)), 0x0800, tags)
