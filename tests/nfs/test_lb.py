"""lb: every backend gets its share, flows stay where they are, and few move when a backend goes."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import Packet

FLOWS = 20_000


def make_args(weights: dict[str, int], table: int = 65537) -> str:
    lines = [f"backend {name} {mac(name).hex(':')} {weight}" for name, weight in weights.items()]
    return "\n".join([f"table {table}", *lines])


def mac(name: str) -> bytes:
    return b"\x02\0" + name.encode().rjust(4, b"\0")


def flow_packets(count: int = FLOWS, version: int = 4) -> list[Packet]:
    """One packet of each of many flows between few hosts: neighbours differ in a bit or two."""
    client, server = {4: ("192.0.2.{}", "198.51.100.1"), 6: ("2001:db8::{}", "2001:db8:1::1")}[version]
    segments = [build.udp(1024 + n // 16, 80) for n in range(count)]
    ends = [(client.format(n % 16), server) for n in range(count)]
    return [Packet(build.frame(end, build.UDP, segment)) for end, segment in zip(ends, segments, strict=True)]


def owners(native: BuildNf, args: str, packets: list[Packet]) -> list[str]:
    outputs = native("lb").run(packets, args.encode()).outputs
    return [output.data[:6].lstrip(b"\x02\0").decode() for output in outputs]


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("table", [65537, 4093])
def test_shares_follow_the_weights(version: int, table: int, native: BuildNf) -> None:
    weights = {"a": 100, "b": 300, "c": 700, "d": 1000}
    share = Counter(owners(native, make_args(weights, table), flow_packets(version=version)))
    for name, weight in weights.items():
        expected = FLOWS * weight / sum(weights.values())
        assert abs(share[name] - expected) < 0.1 * expected + 50


def test_few_flows_move_when_a_backend_goes(native: BuildNf) -> None:
    weights = {f"w{n}": 100 for n in range(10)}
    packets = flow_packets()
    before = owners(native, make_args(weights), packets)
    del weights["w3"]
    after = owners(native, make_args(weights), packets)
    moved = sum(old != new for old, new in zip(before, after, strict=True) if old != "w3")
    assert "w3" not in after
    assert moved < 0.03 * FLOWS
    heirs = Counter(new for old, new in zip(before, after, strict=True) if old == "w3")
    assert len(heirs) == 9
    assert max(heirs.values()) < 2 * min(heirs.values())


def test_the_order_of_lines_moves_almost_nothing(native: BuildNf) -> None:
    weights = {f"w{n}": 100 for n in range(10)}
    packets = flow_packets()
    before = owners(native, make_args(weights), packets)
    after = owners(native, make_args(dict(reversed(weights.items()))), packets)
    assert sum(old != new for old, new in zip(before, after, strict=True)) < 0.15 * FLOWS


def test_all_packets_of_a_flow_and_all_fragments_of_a_datagram_go_one_way(native: BuildNf) -> None:
    args = make_args({f"w{n}": 1 for n in range(50)})
    ends = ("192.0.2.1", "198.51.100.1")
    flow = [build.frame(ends, build.TCP, build.tcp(5000, 80, b"x" * n), ttl=n + 1) for n in range(40)]
    fields = [build.Ipv4Fields(fragment=word) for word in (0x2000, 0x2001, 0x2002, 3)]
    pieces = [
        build.ethernet(build.ipv4(ends, build.UDP, build.udp(n + 1, n + 1) * 2, f))
        for n, f in enumerate(fields)
    ]
    for frames in (flow, pieces):
        assert len(set(owners(native, args, [Packet(data) for data in frames]))) == 1


def test_only_the_destination_address_changes_and_the_gate_is_the_backends(native: BuildNf) -> None:
    args = "backend a 02:00:00:00:00:0a 1 63"
    packet = flow_packets(1)[0]
    (output,) = native("lb").run([packet], args.encode()).outputs
    assert (output.gate, output.data) == (63, bytes.fromhex("02000000000a") + packet.data[6:])
