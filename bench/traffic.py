"""64-byte packets that make each example NF do its work; the same on every machine.

TRAFFIC holds one maker for each NF.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, ip_network
from pathlib import Path
from random import Random

from bench.firewall_traffic import make_firewall
from bench.frames import TCP, UDP, Tuple5, make_answer, make_ipv4, write_capture
from bench.workshop import Workshop
from fpcc.benchmark.contest import PACKETS

Maker = Callable[[Workshop], list[bytes]]

# Where the argument files of the examples have their hosts.
OFFICES, SERVERS = IPv4Network("192.0.2.0/24"), IPv4Network("198.51.100.0/24")
_HOT = 8  # destinations of the policer that get more than their rate
_WORDS = (
    b"GET /index.html HTTP/1.1",
    b"Host: www.example.net\r\n",
    b"POST /api/v1/items HTTP",
    b"Accept-Encoding: gzip\r\n",
    b'{"id": 17, "name": "a"}',
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x9a\x1c\x90\x90\x90\x31\xc0\x50\x11\x7f",
)
_ATTACKS = (b"GET /../../etc/passwd", b"q=' OR '1'='1", b"cmd.exe /c dir", b"${jndi:ldap://x}")


def write_traffic(source: Path, args: Path | None, path: Path) -> None:
    """The capture for one NF."""
    write_capture(path, TRAFFIC[source.stem](Workshop(source, args)))


def make_flows(chance: Random, flows: int, to: Callable[[], int]) -> list[bytes]:
    """PACKETS packets of `flows` TCP and UDP flows from the offices."""
    tuples = [
        Tuple5(_host(chance, OFFICES), to(), chance.choice((TCP, UDP)), chance.randrange(1024, 65536), 443)
        for _ in range(flows)
    ]
    return [make_ipv4(chance.choice(tuples)) for _ in range(PACKETS)]


def _host(chance: Random, network: IPv4Network) -> int:
    return int(network.network_address) + chance.randrange(network.num_addresses)


def _anywhere(chance: Random) -> int:
    """Some public address, roughly."""
    return chance.randrange(11 << 24, 100 << 24)


def _make_any(shop: Workshop) -> list[bytes]:
    return make_flows(shop.chance, PACKETS, lambda: _host(shop.chance, SERVERS))


def _make_flows(shop: Workshop) -> list[bytes]:
    return make_flows(shop.chance, 2048, lambda: _host(shop.chance, SERVERS))


def _make_both_ways(shop: Workshop) -> list[bytes]:
    """Half from inside; half the answers, to the public addresses that the NAT itself chose."""
    outbound = make_flows(shop.chance, 1024, lambda: _anywhere(shop.chance))[: PACKETS // 2]
    return outbound + [make_answer(frame) for frame in shop.pass_through(outbound)]


def _make_policed(shop: Workshop) -> list[bytes]:
    """Destinations of every class; a fifth of the packets goes to a few that get more than their rate."""
    chance = shop.chance
    places = [_host(chance, OFFICES) for _ in range(64)] + [_host(chance, SERVERS) for _ in range(64)]
    places += [_anywhere(chance) for _ in range(1024)]
    hot = places[:_HOT]
    weighted = (chance.choice(hot if chance.random() < 0.2 else places) for _ in range(PACKETS))
    return [make_ipv4(Tuple5(_anywhere(chance), place, UDP, 4000, 4000)) for place in weighted]


def _make_routed(shop: Workshop) -> list[bytes]:
    """Destinations in routes of the table, each as likely as another."""
    chance = shop.chance
    lines = (line.split() for line in shop.args_text.splitlines() if line and not line.startswith("#"))
    networks = [network for line in lines if isinstance(network := ip_network(line[0]), IPv4Network)]
    return [
        make_ipv4(Tuple5(_host(chance, OFFICES), _host(chance, chance.choice(networks)), UDP, 4000, 4000))
        for _ in range(PACKETS)
    ]


def _make_payloads(shop: Workshop) -> list[bytes]:
    """22 bytes of text or binary, one in fifty an attack."""
    chance = shop.chance
    flow = Tuple5(_host(chance, OFFICES), _host(chance, SERVERS), UDP, 4000, 8080)
    chosen = (chance.choice(_ATTACKS if chance.random() < 0.02 else _WORDS) for _ in range(PACKETS))
    return [make_ipv4(flow, payload) for payload in chosen]


TRAFFIC: Mapping[str, Maker] = {
    "macswap": _make_any,
    "policer": _make_policed,
    "lpm": _make_routed,
    "firewall": lambda shop: make_firewall(shop.chance, shop.args_text),
    "nat": _make_both_ways,
    "lb": _make_any,
    "monitor": _make_flows,
    "payload": _make_payloads,
}
