"""firewall: every rule in order, matched field by field with the ipaddress module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_network

from tests.nfs.driver import DROP, Output, Packet
from tests.nfs.models.argument_lines import argument_lines
from tests.nfs.models.headers import Datagram, Unparsed, parse

PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58}


@dataclass(frozen=True)
class Rule:
    drop: bool
    protocol: str
    source: str
    source_ports: str
    destination: str
    destination_ports: str

    def matches(self, datagram: Datagram) -> bool:
        sport, dport = datagram.ports or (None, None)
        return (
            self.protocol in ("any", str(datagram.protocol))
            and address_matches(self.source, datagram.version, datagram.source)
            and address_matches(self.destination, datagram.version, datagram.destination)
            and port_matches(self.source_ports, sport)
            and port_matches(self.destination_ports, dport)
        )


def address_matches(pattern: str, version: int, address: int) -> bool:
    if pattern == "any":
        return True
    base, _, mask = pattern.partition("/")
    if "." in mask:  # any mask, which ipaddress does not take
        bits = int(IPv4Address(mask))
        return version == 4 and address & bits == int(IPv4Address(base))
    network = read_network(pattern)
    first, last = int(network.network_address), int(network.broadcast_address)
    return version == network.version and first <= address <= last


@cache
def read_network(pattern: str) -> IPv4Network | IPv6Network:
    """The same rules meet thousands of packets."""
    return ip_network(pattern)


def port_matches(pattern: str, port: int | None) -> bool:
    if pattern == "any":
        return True
    low, _, high = pattern.partition("-")
    return port is not None and int(low) <= port <= int(high or low)


@dataclass(frozen=True)
class Policy:
    rules: list[Rule]
    default_drop: bool
    non_ip_drop: bool

    def drops(self, data: bytes) -> bool:
        datagram = parse(data)
        if isinstance(datagram, Unparsed):
            return datagram is Unparsed.MALFORMED or self.non_ip_drop
        return next((rule.drop for rule in self.rules if rule.matches(datagram)), self.default_drop)


def parse_policy(args: str) -> Policy:
    lines = argument_lines(args)
    settings = {words[0]: words[1] for words in lines if len(words) == 2}
    rules = [
        Rule(action == "drop", str(PROTOCOLS.get(protocol, protocol)), *rest)
        for action, protocol, *rest in lines
        if len(rest) == 4
    ]
    return Policy(rules, settings["default"] == "drop", settings.get("non-ip") == "drop")


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    policy = parse_policy(args)
    return [Output(DROP if policy.drops(packet.data) else 0, packet.data) for packet in packets]
