"""nat: what must hold whatever the mappings are, then ageing, exhaustion and checksums."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import DROP, Packet, Result
from tests.nfs.models.headers import Datagram, parse

ARGS = "inside 10.0.0.0/8\npublic 192.0.2.1\n"
SECOND = 10**9
START = 10**18
SERVER, PUBLIC = "198.51.100.1", "192.0.2.1"


def outbound(host: int, port: int, at: int = 0, protocol: int = build.UDP, flags: int = build.ACK) -> Packet:
    """A packet from 10.0.0.`host`, `at` nanoseconds after the start."""
    segments = {
        build.UDP: build.udp(port, 53, b"question"),
        build.TCP: build.tcp(port, 53, b"question", flags),
        build.ICMP: build.icmp(8, port, b"ping"),
    }
    return Packet(build.frame((f"10.0.0.{host}", SERVER), protocol, segments[protocol]), START + at)


def inbound(port: int, at: int = 0, protocol: int = build.UDP, flags: int = build.ACK) -> Packet:
    """A packet to a port of the public address."""
    segments = {
        build.UDP: build.udp(53, port, b"answer"),
        build.TCP: build.tcp(53, port, b"answer", flags),
        build.ICMP: build.icmp(0, port, b"ping"),
    }
    return Packet(build.frame((SERVER, PUBLIC), protocol, segments[protocol]), START + at)


def run(native: BuildNf, packets: list[Packet], settings: str = "", batch: int = 1) -> Result:
    return native("nat").run(packets, (ARGS + settings).encode(), batch)


def gates(result: Result) -> list[int]:
    return [output.gate for output in result.outputs]


def datagram(data: bytes) -> Datagram:
    parsed = parse(data)
    assert isinstance(parsed, Datagram)
    return parsed


def port_of(data: bytes, side: int) -> int:
    """Source (0) or destination (1) port, or the echo identifier."""
    d = datagram(data)
    return d.ports[side] if d.ports else int.from_bytes(d.body[4:6])


def checksums_ok(data: bytes) -> bool:
    """Whether the IPv4 header and the TCP, UDP or ICMP checksums are right."""
    d = datagram(data)
    header = data[d.start : d.body_start]
    pseudo = build.pseudo_header(header[12:16], header[16:20], d.protocol, len(d.body))
    body = d.body if d.protocol == build.ICMP else pseudo + d.body
    return build.checksum(header) == 0 and build.checksum(body) == 0


@pytest.mark.parametrize("protocol", [build.UDP, build.TCP, build.ICMP])
def test_an_answer_comes_back_to_who_asked(protocol: int, native: BuildNf) -> None:
    hosts = [(host, port) for host in range(1, 20) for port in (0, 1, 1024, 5000, 65535)]
    questions = [outbound(*host, protocol=protocol) for host in hosts]
    asked = run(native, questions).outputs
    ports = [port_of(output.data, 0) for output in asked]
    assert len(set(ports)) == len(hosts)
    answered = run(native, questions + [inbound(port, protocol=protocol) for port in ports]).outputs
    for (host, port), output in zip(hosts, answered[len(hosts) :], strict=True):
        assert output.gate == 1
        assert datagram(output.data).destination == (10 << 24) + host
        assert port_of(output.data, 1) == port
    assert all(checksums_ok(output.data) for output in answered)


def test_a_mapping_does_not_depend_on_the_remote_end(native: BuildNf) -> None:
    ends = [("10.0.0.5", f"198.51.100.{n}") for n in range(1, 30)]
    packets = [
        Packet(build.frame(end, build.UDP, build.udp(4000, 50 + n)), START) for n, end in enumerate(ends)
    ]
    assert len({port_of(output.data, 0) for output in run(native, packets).outputs}) == 1


def test_a_host_keeps_its_public_address_while_it_has_ports(native: BuildNf) -> None:
    extra = "public 192.0.2.2\npublic 192.0.2.3\nports 1024-1123\n"
    packets = [outbound(host, port) for host in range(1, 21) for port in range(1, 6)]
    outputs = run(native, packets, extra).outputs
    of_host = {(p.data[29], datagram(o.data).source) for p, o in zip(packets, outputs, strict=True)}
    assert len(of_host) == 20
    assert len({address for _, address in of_host}) > 1
    assert gates(run(native, [outbound(1, port) for port in range(301)], extra)) == [0] * 300 + [DROP]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def check_wrong_stays_wrong(native: BuildNf, seed: int) -> None:
    random = Random(seed)
    protocol = random.choice((build.UDP, build.TCP, build.ICMP))
    data = bytearray(outbound(random.randrange(256), random.randrange(65536), protocol=protocol).data)
    data[random.choice((24, len(data) - 1))] ^= 1 << random.randrange(8)
    (output,) = run(native, [Packet(bytes(data), START)]).outputs
    assert output.gate == 0
    assert not checksums_ok(output.data)


def test_a_wrong_checksum_is_not_repaired(native: BuildNf) -> None:
    check_wrong_stays_wrong(native)


def test_udp_without_checksum_stays_without(native: BuildNf) -> None:
    bare = build.ethernet(build.ipv4(("10.0.0.1", SERVER), build.UDP, build.udp(7, 53, b"x")))
    (output,) = run(native, [Packet(bare, START)]).outputs
    assert datagram(output.data).body[6:8] == b"\0\0"


def test_a_udp_checksum_that_becomes_zero_is_sent_as_ones(native: BuildNf) -> None:
    def question(word: int) -> Packet:
        data = build.frame(("10.0.0.1", SERVER), build.UDP, build.udp(7, 53, word.to_bytes(2)))
        return Packet(data, START)

    (other,) = run(native, [question(0)]).outputs
    (output,) = run(native, [question(int.from_bytes(datagram(other.data).body[6:8]))]).outputs
    assert datagram(output.data).body[6:8] == b"\xff\xff"
    assert checksums_ok(output.data)


def test_an_error_about_somebody_elses_packet_is_dropped(native: BuildNf) -> None:
    for source, gate in ((PUBLIC, 1), ("192.0.2.77", DROP)):
        quoted = build.ipv4((source, SERVER), build.UDP, build.udp(1024, 53))
        error = Packet(build.frame((SERVER, PUBLIC), build.ICMP, build.icmp(3, 0, quoted)), START)
        assert gates(run(native, [outbound(1, 5000), error])) == [0, gate]


@pytest.mark.parametrize(
    ("protocol", "timeout"),
    [(build.UDP, 300), (build.ICMP, 60), (build.TCP, 240)],
    ids=["udp", "icmp", "tcp"],
)
def test_an_idle_mapping_ends_after_its_timeout(protocol: int, timeout: int, native: BuildNf) -> None:
    asked = outbound(1, 5000, protocol=protocol)
    for late, gate in ((0, 1), (1, DROP)):
        answer = inbound(1024, timeout * SECOND + late, protocol)
        assert gates(run(native, [asked, answer])) == [0, gate]


def test_only_packets_from_inside_keep_a_mapping_alive(native: BuildNf) -> None:
    knocking = [inbound(1024, n * 100 * SECOND) for n in range(1, 5)]
    assert gates(run(native, [outbound(1, 5000), *knocking])) == [0, 1, 1, 1, DROP]
    asking = [outbound(1, 5000, n * 200 * SECOND) for n in range(4)]
    assert gates(run(native, [*asking, inbound(1024, 800 * SECOND)]))[-1] == 1


def test_an_answered_tcp_connection_lives_long_until_it_closes(native: BuildNf) -> None:
    def tcp(at: int, flags: int = build.ACK) -> Packet:
        return outbound(1, 5000, at * SECOND, build.TCP, flags)

    def answer(at: int) -> Packet:
        return inbound(1024, at * SECOND, build.TCP)

    opened = [tcp(0, build.SYN), answer(1)]
    assert gates(run(native, [*opened, answer(7440)])) == [0, 1, 1]
    assert gates(run(native, [*opened, answer(7441)])) == [0, 1, DROP]
    assert gates(run(native, [*opened, tcp(2, build.FIN), answer(242), answer(243)])) == [0, 1, 0, 1, DROP]
    assert gates(run(native, [*opened, tcp(2, build.RST), tcp(3, build.SYN), answer(7000)])) == [
        0,
        1,
        0,
        0,
        1,
    ]


def test_a_full_table_drops_counts_and_recovers(native: BuildNf) -> None:
    packets = [outbound(1, port) for port in range(150)]
    packets += [outbound(2, port, 301 * SECOND) for port in range(100)]
    result = run(native, packets, "mappings 100\n", batch=64)
    assert gates(result) == [0] * 100 + [DROP] * 50 + [0] * 100
    assert result.counters["nat.full"] == 50
    assert len({port_of(output.data, 0) for output in result.outputs[150:]}) == 100


def test_ports_that_ran_out_come_back_when_mappings_age(native: BuildNf) -> None:
    packets = [outbound(1, port, at * SECOND) for at in (0, 400, 800) for port in range(at, at + 15)]
    assert gates(run(native, packets, "ports 1024-1033\n")) == ([0] * 10 + [DROP] * 5) * 3


def test_what_cannot_be_translated_is_dropped_and_counted(native: BuildNf) -> None:
    question = build.udp(1, 2)
    ends = [
        ("10.0.0.1", PUBLIC),
        ("10.0.0.1", "10.0.0.2"),
        (SERVER, "198.51.100.2"),
        ("2001:db8::1", "2001:db8::2"),
    ]
    packets = [Packet(build.frame(end, build.UDP, question)) for end in ends]
    fragment = build.ipv4(("10.0.0.1", SERVER), build.UDP, question, build.Ipv4Fields(fragment=0x2000))
    packets += [
        Packet(build.ethernet(fragment)),
        Packet(build.frame(("10.0.0.1", SERVER), 47, b"gre packet")),
    ]
    unknown, broken = inbound(1024), Packet(outbound(1, 1).data[:40])
    result = run(native, [*packets, unknown, broken])
    assert gates(result) == [DROP] * 8
    expected = {"nat.full": 0, "nat.unknown": 1, "nat.untranslatable": 6, "nat.malformed": 1}
    assert result.counters == expected
