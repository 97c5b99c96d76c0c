"""Packets for the firewall, made from its rules: each rule is as likely as another to be meant."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from random import Random

from bench.frames import ICMP, ICMPV6, TCP, UDP, Tuple5, make_ipv4, make_ipv6
from fpcc.benchmark.contest import PACKETS

_PROTOCOLS = {"tcp": TCP, "udp": UDP, "icmp": ICMP, "icmpv6": ICMPV6, "any": UDP}
_ANYWHERE = ("8.8.0.0/16", "2001:db8:99::/64")  # what `any` stands for, by version
_ACTIONS = ("accept", "drop")
_RULE_WORDS = 6

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Rule:
    """One line of the rules: addresses as written, "any" among them."""

    protocol: str
    source: str
    source_ports: str
    destination: str
    destination_ports: str

    @property
    def version(self) -> int:
        """6 if it names an IPv6 address; a rule for both is meant for IPv4."""
        return 6 if any(":" in address for address in (self.source, self.destination)) else 4

    @property
    def fits(self) -> bool:
        """An IPv6 packet of TCP is longer than the frames here."""
        return not (self.version == 6 and self.protocol == "tcp")


def make_firewall(chance: Random, rules: str) -> list[bytes]:
    meant = [rule for rule in _read_rules(rules) if rule.fits]
    return [_make_packet(chance, chance.choice(meant)) for _ in range(PACKETS)]


def _read_rules(text: str) -> list[Rule]:
    lines = (line.split("#")[0].split() for line in text.splitlines())
    return [Rule(*words[1:]) for words in lines if len(words) == _RULE_WORDS and words[0] in _ACTIONS]


def _make_packet(chance: Random, rule: Rule) -> bytes:
    protocol = _PROTOCOLS.get(rule.protocol)
    flow = Tuple5(
        _address(chance, rule.source, rule.version),
        _address(chance, rule.destination, rule.version),
        int(rule.protocol) if protocol is None else protocol,
        _port(chance, rule.source_ports),
        _port(chance, rule.destination_ports),
    )
    return make_ipv6(flow) if rule.version == 6 else make_ipv4(flow)


def _address(chance: Random, text: str, version: int) -> int:
    network = _network(text, version)
    return int(network.network_address) | (chance.getrandbits(128) & int(network.hostmask))


def _network(text: str, version: int) -> Network:
    """A mask with holes stands for its first address alone."""
    if text == "any":
        return ip_network(_ANYWHERE[version == 6])
    try:
        return ip_network(text)
    except ValueError:
        return ip_network(text.partition("/")[0])


def _port(chance: Random, text: str) -> int:
    low, _, high = ("1024-65535" if text == "any" else text).partition("-")
    return chance.randrange(int(low), int(high or low) + 1)
