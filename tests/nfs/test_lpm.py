"""lpm: arbitrary route sets against the ipaddress module, at the edges of every prefix."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import DROP, Packet
from tests.nfs.models import lpm
from tests.nfs.shipped import shipped_args


def packet_to(address: int) -> Packet:
    ends = ("192.0.2.1", str(IPv4Address(address % 2**32)))
    return Packet(build.ethernet(build.ipv4(ends, build.UDP, build.udp(1, 2))))


def edges(network: IPv4Network) -> list[Packet]:
    """Packets to the first and last address of a prefix and to the ones beside them."""
    first, last = int(network.network_address), int(network.broadcast_address)
    return [packet_to(address) for address in (first - 1, first, last, last + 1)]


def random_routes(seed: int) -> dict[IPv4Network, str]:
    """Prefixes of every length, crowded into few bits so that they nest."""
    random = Random(seed)
    routes = {}
    for _ in range(random.randrange(60)):
        length = random.choice((0, 1, 8, 15, 16, 17, 23, 24, 25, 26, 30, 31, 32, random.randrange(33)))
        address = random.choice((10 << 24, 0, 0xFFFFFF00)) | random.getrandbits(3) << random.choice(
            (0, 5, 8, 13, 29)
        )
        network = IPv4Network((address >> (32 - length) << (32 - length), length))
        routes[network] = random.choice(("drop", str(random.randrange(64))))
    return routes


def test_any_routes_are_looked_up_as_ipaddress_does(native: BuildNf) -> None:
    nf = native("lpm")

    @settings(max_examples=50, deadline=None)
    @given(seed=st.integers(0, 2**32 - 1))
    def check(seed: int) -> None:
        routes = random_routes(seed)
        args = "\n".join(f"{network} {gate}" for network, gate in routes.items())
        packets = [packet for network in routes for packet in edges(network)]
        for packet, output in zip(packets, nf.run(packets, args.encode()).outputs, strict=True):
            address = IPv4Address(packet.data[30:34])
            longest = max((n for n in routes if address in n), key=lambda n: n.prefixlen, default=None)
            expected = routes[longest] if longest else "drop"
            assert output.gate == (DROP if expected == "drop" else int(expected)), address

    check()


def test_the_shipped_table_holds_at_every_edge(native: BuildNf) -> None:
    args = shipped_args("lpm")
    networks = [IPv4Network(line.split()[0]) for line in args.splitlines() if line[0] != "#"]
    assert len(networks) >= 10_000
    packets = [packet for network in networks for packet in edges(network)]
    assert native("lpm").run(packets, args.encode()).outputs == lpm.run(packets, args)


def test_counters_say_why_packets_were_dropped(native: BuildNf) -> None:
    ends = ("192.0.2.1", "10.0.0.1")
    good = build.frame(ends, build.UDP, build.udp(1, 2))
    bad_checksum = good[:24] + bytes([good[24] ^ 1]) + good[25:]
    dying = [build.frame(ends, build.UDP, build.udp(1, 2), ttl=ttl) for ttl in (0, 1)]
    other = build.frame(("2001:db8::1", "2001:db8::2"), build.UDP, build.udp(1, 2))
    unrouted = build.frame(("192.0.2.1", "11.0.0.1"), build.UDP, build.udp(1, 2))
    packets = [Packet(data) for data in (good, bad_checksum, *dying, other, unrouted)]
    result = native("lpm").run(packets, b"10.0.0.0/8 7")
    assert [output.gate for output in result.outputs] == [7, *[DROP] * 5]
    assert result.counters == {"lpm.no_route": 1, "lpm.ttl": 2, "lpm.malformed": 1, "lpm.other": 1}
