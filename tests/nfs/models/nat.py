"""nat: mappings in dictionaries, every checksum of a translated packet computed afresh.

Holds for packets that arrive with right checksums, and for traces shorter than the shortest timeout:
ageing, which depends on batches, is tested in test_nat.py. Which public address a host gets is defined by
the NF's hash, which ports by their order, so the model repeats both.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Network

from tests.nfs.build_packets import CHECKSUM_AT, checksum, transport_checksum
from tests.nfs.driver import DROP, Output, Packet
from tests.nfs.models.argument_lines import argument_lines
from tests.nfs.models.hashing import hash_words
from tests.nfs.models.headers import TCP, UDP, Datagram, parse

ICMP = 1
ERRORS = {3, 11, 12}
OUT, IN = 0, 1  # the gates


class Side(Enum):
    """An end of a packet: where its address lies in an IPv4 header, and its port in TCP and UDP."""

    SOURCE = (12, 0)
    DESTINATION = (16, 2)


Inside = tuple[int, int, int]  # protocol, address, port
Outside = tuple[int, int, int]  # protocol, public address, port


@dataclass(frozen=True)
class Transport:
    """A transport header with ports or an echo identifier: its protocol, and where the port lies."""

    protocol: int
    port_at: int
    port: int


def classify(protocol: int, body: bytes, echo: int, side: Side) -> Transport | None:
    if protocol == ICMP and body[0] == echo:
        return Transport(ICMP, 4, int.from_bytes(body[4:6]))
    if protocol not in (TCP, UDP):
        return None
    at = side.value[1]
    return Transport(protocol, at, int.from_bytes(body[at : at + 2]))


class Nat:
    def __init__(self, args: str) -> None:
        lines = argument_lines(args)
        values = {words[0]: words[1] for words in lines}
        low, _, high = values.get("ports", "1024-65535").partition("-")
        self.inside = IPv4Network(values["inside"])
        self.public = [int(IPv4Address(words[1])) for words in lines if words[0] == "public"]
        self.room = int(values.get("mappings", "65536"))
        self.free = {
            (p, a): deque(range(int(low), int(high) + 1)) for p in (TCP, UDP, ICMP) for a in self.public
        }
        self.outside_of: dict[Inside, Outside] = {}
        self.inside_of: dict[Outside, Inside] = {}

    def map(self, inside: Inside) -> Outside | None:
        if inside not in self.outside_of:
            protocol, address, _ = inside
            first = hash_words(address, 1) % len(self.public)
            order = self.public[first:] + self.public[:first]
            public = next((a for a in order if self.free[protocol, a]), None)
            if public is None or len(self.outside_of) == self.room:
                return None
            outside = (protocol, public, self.free[protocol, public].popleft())
            self.outside_of[inside], self.inside_of[outside] = outside, inside
        return self.outside_of[inside]

    def is_inside(self, address: int) -> bool:
        return IPv4Address(address) in self.inside

    def translate(self, data: bytes) -> Output:
        d = parse(data)
        if not isinstance(d, Datagram) or d.version != 4 or d.fragment or len(d.body) < 8:
            return Output(DROP, data)
        leaving = self.is_inside(d.source)
        if leaving and (self.is_inside(d.destination) or d.destination in self.public):
            return Output(DROP, data)
        if not leaving and d.destination not in self.public:
            return Output(DROP, data)
        changed = self.leave(d, data) if leaving else self.enter(d, data)
        return Output(OUT if leaving else IN, changed) if changed else Output(DROP, data)

    def leave(self, d: Datagram, data: bytes) -> bytes | None:
        transport = classify(d.protocol, d.body, 8, Side.SOURCE)
        if transport:
            end = self.map((transport.protocol, d.source, transport.port))
            return rewrite(d, data, transport, Side.SOURCE, end) if end else None
        return self.translate_error(d, data, Side.DESTINATION, 0, self.outside_of)

    def enter(self, d: Datagram, data: bytes) -> bytes | None:
        transport = classify(d.protocol, d.body, 0, Side.DESTINATION)
        if transport:
            end = self.inside_of.get((transport.protocol, d.destination, transport.port))
            return rewrite(d, data, transport, Side.DESTINATION, end) if end else None
        quoted_source = int.from_bytes(d.body[8:][12:16])
        if quoted_source != d.destination:
            return None
        return self.translate_error(d, data, Side.SOURCE, 8, self.inside_of)

    def translate_error(
        self, d: Datagram, data: bytes, side: Side, echo: int, ends: dict[Inside, Outside]
    ) -> bytes | None:
        """An ICMP error: the quoted packet's `side` is translated, and the error's other end."""
        quote = d.body[8:]
        header = (quote[0] & 15) * 4 if quote else 0
        if d.protocol != ICMP or d.body[0] not in ERRORS or len(quote) < max(header, 20) + 8:
            return None
        if quote[0] >> 4 != 4 or header < 20 or int.from_bytes(quote[6:8]) & 0x1FFF:
            return None
        transport = classify(quote[9], quote[header:], echo, side)
        address = int.from_bytes(quote[side.value[0] :][:4])
        end = ends.get((transport.protocol, address, transport.port)) if transport else None
        if not transport or not end:
            return None
        quote = put_address(quote[:header], side, end[1]) + put_port(quote[header:], transport, end[2])
        body = d.body[:2] + b"\0\0" + d.body[4:8] + quote
        body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
        other = Side.SOURCE if side is Side.DESTINATION else Side.DESTINATION
        return reassemble(d, data, put_address(data[d.start : d.body_start], other, end[1]), body)


def put_address(header: bytes, side: Side, address: int) -> bytes:
    at = side.value[0]
    header = header[:at] + struct.pack("!I", address) + header[at + 4 :]
    header = header[:10] + b"\0\0" + header[12:]
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:]


def put_port(body: bytes, transport: Transport, port: int) -> bytes:
    return body[: transport.port_at] + struct.pack("!H", port) + body[transport.port_at + 2 :]


def rewrite(d: Datagram, data: bytes, transport: Transport, side: Side, end: Outside) -> bytes:
    header = put_address(data[d.start : d.body_start], side, end[1])
    body = put_port(d.body, transport, end[2])
    at = CHECKSUM_AT.get(transport.protocol, 2)
    if transport.protocol == UDP and body[at : at + 2] == b"\0\0":
        return reassemble(d, data, header, body)
    body = body[:at] + b"\0\0" + body[at + 2 :]
    if transport.protocol == ICMP:
        value = checksum(body)
    else:
        value = transport_checksum(header[12:16], header[16:20], transport.protocol, body)
    return reassemble(d, data, header, body[:at] + struct.pack("!H", value) + body[at + 2 :])


def reassemble(d: Datagram, data: bytes, header: bytes, body: bytes) -> bytes:
    """The frame with another IP header and body of the same sizes, its padding kept."""
    return data[: d.start] + header + body + data[d.body_start + len(body) :]


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    nat = Nat(args)
    return [nat.translate(packet.data) for packet in packets]
