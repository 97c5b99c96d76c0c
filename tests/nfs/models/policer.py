"""policer: a token bucket for each IPv4 address or IPv6 /64, in exact fractions of a byte.

The NF rounds its rate to 2^-32 bytes a nanosecond; `run` does the same rounding so that outputs can be
compared bit for bit. test_policer.py checks the rates themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from ipaddress import IPv4Address, IPv6Address, ip_network

from tests.nfs.driver import DROP, Output, Packet
from tests.nfs.models.argument_lines import argument_lines
from tests.nfs.models.headers import Datagram, Unparsed, parse_ip

UNITS = {"k": 10**3, "M": 10**6, "G": 10**9}


@dataclass(frozen=True)
class Class:
    per_ns: Fraction  # bytes
    burst: int


@dataclass
class Bucket:
    klass: Class
    tokens: Fraction
    last: int

    def take(self, size: int, now: int) -> bool:
        idle = max(0, now - self.last)
        self.tokens = min(Fraction(self.klass.burst), self.tokens + idle * self.klass.per_ns)
        self.last += idle
        if self.tokens < size:
            return False
        self.tokens -= size
        return True


def parse_class(rate: str, burst: str) -> Class:
    bits = int(rate[:-1]) * UNITS[rate[-1]] if rate[-1] in UNITS else int(rate)
    exact = Fraction(bits, 8 * 10**9)
    return Class(Fraction(int(exact * 2**32 + Fraction(1, 2)), 2**32), int(burst))


class Classes:
    """The class of an address: that of the longest prefix, else the default."""

    def __init__(self, args: str) -> None:
        lines = argument_lines(args)
        self.default = next(parse_class(*rest) for prefix, *rest in lines if prefix == "default")
        found = [(ip_network(prefix), parse_class(*rest)) for prefix, *rest in lines if prefix != "default"]
        self.prefixes = sorted(found, key=lambda item: -item[0].prefixlen)

    def find(self, address: IPv4Address | IPv6Address) -> Class:
        return next((klass for prefix, klass in self.prefixes if address in prefix), self.default)


def destination(datagram: Datagram) -> IPv4Address | IPv6Address:
    """The destination a bucket is for."""
    if datagram.version == 4:
        return IPv4Address(datagram.destination)
    return IPv6Address(datagram.destination >> 64 << 64)


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    classes = Classes(args)
    buckets: dict[IPv4Address | IPv6Address, Bucket] = {}
    return [Output(0 if passes(packet, classes, buckets) else DROP, packet.data) for packet in packets]


def passes(packet: Packet, classes: Classes, buckets: dict[IPv4Address | IPv6Address, Bucket]) -> bool:
    datagram = parse_ip(packet.data)
    if isinstance(datagram, Unparsed):
        return datagram is Unparsed.NOT_IP
    key = destination(datagram)
    if key not in buckets:
        klass = classes.find(key)
        buckets[key] = Bucket(klass, Fraction(klass.burst), packet.timestamp)
    return buckets[key].take(len(packet.data), packet.timestamp)
