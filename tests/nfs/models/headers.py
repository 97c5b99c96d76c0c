"""Headers as the models see them: written from the RFCs and the NFs' header comments, not from packet.h."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

TCP, UDP = 6, 17
HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION = 0, 43, 44, 51, 60
EXTENSIONS = {HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION}


class Unparsed(Enum):
    NOT_IP = "not IP"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Datagram:
    """An IP datagram; `start` is where its IP header lies in the frame, `body` what the headers carry."""

    version: int
    source: int
    destination: int
    protocol: int
    start: int
    body_start: int
    body: bytes
    fragment: bool = False
    later: bool = False

    @property
    def ports(self) -> tuple[int, int] | None:
        if self.later or self.protocol not in (TCP, UDP):
            return None
        return int.from_bytes(self.body[:2]), int.from_bytes(self.body[2:4])

    @property
    def payload(self) -> bytes:
        if self.later or self.protocol not in (TCP, UDP):
            return self.body
        return self.body[8:] if self.protocol == UDP else self.body[(self.body[12] >> 4) * 4 :]


def parse_ip(data: bytes) -> Datagram | Unparsed:
    """The datagram in a frame, its IP headers checked, whatever its transport header is."""
    start, kind = 14, data[12:14]
    for _ in range(2):
        if kind in (b"\x81\x00", b"\x88\xa8"):
            kind, start = data[start + 2 : start + 4], start + 4
    if len(data) < start:
        return Unparsed.MALFORMED
    if kind == b"\x08\x00":
        return _parse_ipv4(data, start) or Unparsed.MALFORMED
    if kind == b"\x86\xdd":
        return _parse_ipv6(data, start) or Unparsed.MALFORMED
    return Unparsed.NOT_IP


def parse(data: bytes) -> Datagram | Unparsed:
    """The same, with TCP and UDP headers checked as well."""
    datagram = parse_ip(data)
    if isinstance(datagram, Datagram) and not _transport_ok(datagram):
        return Unparsed.MALFORMED
    return datagram


def _transport_ok(datagram: Datagram) -> bool:
    body = datagram.body
    if datagram.later or datagram.protocol not in (TCP, UDP):
        return True
    if datagram.protocol == TCP:
        return len(body) >= 20 and 20 <= (body[12] >> 4) * 4 <= len(body)
    length = int.from_bytes(body[4:6])
    return len(body) >= 8 and length >= 8 and (datagram.fragment or length <= len(body))


def _parse_ipv4(data: bytes, start: int) -> Datagram | None:
    ip = data[start:]
    if len(ip) < 20 or ip[0] >> 4 != 4:
        return None
    header, total = (ip[0] & 15) * 4, int.from_bytes(ip[2:4])
    if not 20 <= header <= total <= len(ip):
        return None
    flags = int.from_bytes(ip[6:8])
    ends = int.from_bytes(ip[12:16]), int.from_bytes(ip[16:20])
    body = ip[header:total]
    return Datagram(4, *ends, ip[9], start, start + header, body, bool(flags & 0x3FFF), bool(flags & 0x1FFF))


def _parse_ipv6(data: bytes, start: int) -> Datagram | None:
    ip = data[start:]
    if len(ip) < 40 or ip[0] >> 4 != 6 or int.from_bytes(ip[4:6]) > len(ip) - 40:
        return None
    ends = int.from_bytes(ip[8:24]), int.from_bytes(ip[24:40])
    body = ip[40 : 40 + int.from_bytes(ip[4:6])]
    whole, protocol, seen, fragment, offset = body, ip[6], 0, False, 0
    while protocol in EXTENSIONS and offset == 0:
        size = _extension_size(protocol, body)
        if seen == 8 or size is None:
            return None
        if protocol == FRAGMENT:
            word = int.from_bytes(body[2:4])
            offset = word >> 3
            fragment = fragment or offset > 0 or bool(word & 1)
        protocol, body, seen = body[0], body[size:], seen + 1
    body_start = start + 40 + len(whole) - len(body)
    return Datagram(6, *ends, protocol, start, body_start, body, fragment, offset > 0)


def _extension_size(protocol: int, body: bytes) -> int | None:
    """Bytes of the extension header at the start of `body`; None if it is cut off."""
    if len(body) < 8:
        return None
    size = {FRAGMENT: 8, AUTHENTICATION: (body[1] + 2) * 4}.get(protocol, (body[1] + 1) * 8)
    return size if size <= len(body) else None
