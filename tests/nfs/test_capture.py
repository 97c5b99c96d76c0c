"""The shipped capture: it holds what the examples need, and nothing a sniffer would not have seen."""

from __future__ import annotations

import tomllib
from collections import Counter

from tests.nfs import build_packets as build
from tests.nfs.driver import DROP
from tests.nfs.models import firewall
from tests.nfs.models.headers import Datagram, parse
from tests.nfs.shipped import CAPTURE, EXAMPLES, shipped_args, shipped_packets


def kinds(data: bytes) -> list[str]:
    """What a frame is an example of."""
    parsed = parse(data)
    tag = ["vlan"] if data[12:14] == b"\x81\0" else []
    if not isinstance(parsed, Datagram):
        return [*tag, parsed.value]
    names = {build.TCP: "tcp", build.UDP: "udp", build.ICMP: "icmp", build.ICMPV6: "icmpv6"}
    options = ["options"] if parsed.version == 4 and data[parsed.start] != 0x45 else []
    fragment = ["fragment"] if parsed.fragment else []
    return [*tag, *options, *fragment, f"ipv{parsed.version}", names.get(parsed.protocol, "other")]


def test_the_capture_shows_every_kind_of_packet() -> None:
    packets = shipped_packets()
    seen = Counter(kind for packet in packets for kind in kinds(packet.data))
    assert 3000 <= len(packets) <= 8000
    assert CAPTURE.stat().st_size < 2_000_000
    wanted = "ipv4 ipv6 tcp udp icmp icmpv6 vlan fragment options".split()
    assert [kind for kind in wanted if seen[kind] < 10] == []
    assert seen["malformed"] == 0
    assert max(len(packet.data) for packet in packets) <= 1514 + 4


def test_time_does_not_run_backwards() -> None:
    times = [packet.timestamp for packet in shipped_packets()]
    assert times == sorted(times)


def test_checksums_are_those_of_the_wire() -> None:
    for packet in shipped_packets():
        d = parse(packet.data)
        if (
            not isinstance(d, Datagram)
            or d.fragment
            or d.protocol not in (build.TCP, build.UDP, build.ICMPV6)
        ):
            continue
        width = 4 if d.version == 4 else 16
        ends = d.source.to_bytes(width), d.destination.to_bytes(width)
        assert build.checksum(build.pseudo_header(*ends, d.protocol, len(d.body)) + d.body) == 0


def test_the_firewalls_rules_drop_some_of_it_and_accept_most() -> None:
    outputs = firewall.run(shipped_packets(), shipped_args("firewall"))
    dropped = sum(output.gate == DROP for output in outputs) / len(outputs)
    assert 0.02 < dropped < 0.3


def test_the_graph_names_files_that_are_there() -> None:
    path = EXAMPLES / "graphs" / "firewall.toml"
    graph = tomllib.loads(path.read_text())
    assert (path.parent / graph["input"]["path"]).samefile(CAPTURE)
    (node,) = graph["node"]
    assert (path.parent / node["args"]).samefile(EXAMPLES / "nfs" / "args" / "firewall.rules")
