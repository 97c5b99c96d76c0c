"""Packets for hypothesis: mostly well-formed, from few addresses and ports so that rules, flows and
mappings are hit again and again; some cut short, some with bytes overwritten, some plain noise."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.nfs import build_packets as build
from tests.nfs.driver import Packet

# Ends that the shipped argument files name, and some that they do not.
IPV4 = (
    "192.0.2.10 192.0.2.20 192.0.2.21 192.0.2.66 192.0.2.130 198.51.100.10 198.51.100.22 198.51.100.40 198.51.100.53 "
    "203.0.113.1 203.0.113.2 203.0.113.9 10.1.2.3 127.0.0.1 8.8.8.8 224.0.0.1 255.255.255.255"
).split()
IPV6 = "2001:db8:1::10 2001:db8:1::66 2001:db8:2::10 2001:db8:2::22 2001:db8:2::53 fe80::1 ff02::1 2002::1 ::1".split()
PORTS = (0, 22, 23, 53, 80, 136, 443, 445, 1024, 1025, 5201, 6514, 8080, 40000, 65535)
TEXTS = (b"", b"GET / HTTP/1.1", b"GET /../../../etc/passwd", b"User-Agent: Nikto", b"\x90" * 9, b"/.en", b"v")

ports = st.sampled_from(PORTS) | st.integers(0, 65535)
payloads = st.lists(st.sampled_from(TEXTS) | st.binary(max_size=40), max_size=3).map(b"".join)
tags = st.sampled_from([(), (), (), (5,), (5, 6)])
flags = st.sampled_from([build.SYN, build.ACK, build.FIN | build.ACK, build.RST, 0, 0xFF])
ttls = st.sampled_from([0, 1, 2, 64, 255])


@st.composite
def segments(draw: st.DrawFn) -> tuple[int, bytes]:
    """Protocol and transport segment, TCP and UDP still without checksum."""
    kind = draw(st.sampled_from(["tcp", "tcp", "udp", "udp", "icmp", "other"]))
    payload = draw(payloads)
    if kind == "tcp":
        options = draw(st.sampled_from([b"", b"\1" * 4, b"\1" * 40]))
        return build.TCP, build.tcp(draw(ports), draw(ports), payload, draw(flags), options)
    if kind == "udp":
        return build.UDP, build.udp(draw(ports), draw(ports), payload)
    if kind == "icmp":
        return build.ICMP, build.icmp(draw(st.sampled_from([0, 8, 3, 11, 13])), draw(ports), payload)
    return draw(st.sampled_from([47, 50, 58, 132, 255])), payload


@st.composite
def icmp_errors(draw: st.DrawFn) -> bytes:
    """An ICMP error that quotes a packet between the same addresses, whole or cut off."""
    source, destination = draw(st.permutations(IPV4))[:2]
    protocol, segment = draw(segments())
    quoted = build.ipv4(destination, source, protocol, build.with_checksum(destination, source, protocol, segment))
    quoted = quoted[: draw(st.sampled_from([28, 28, 20, 27, 1500]))]
    kind = draw(st.sampled_from([3, 11, 12, 5]))
    return build.frame(source, destination, build.ICMP, build.icmp(kind, 0, quoted), draw(tags))


@st.composite
def ipv4_frames(draw: st.DrawFn) -> bytes:
    source, destination = draw(st.sampled_from(IPV4)), draw(st.sampled_from(IPV4))
    protocol, segment = draw(segments())
    if draw(st.integers(0, 9)):
        segment = build.with_checksum(source, destination, protocol, segment)
    elif protocol == build.TCP:
        protocol, segment = build.UDP, build.udp(draw(ports), draw(ports))  # UDP without a checksum
    options = draw(st.sampled_from([b"", b"", b"", b"\1" * 4, b"\1" * 40]))
    fragment = draw(st.sampled_from([0, 0, 0, 0x4000, 0x2000, 0x2001, 0x0010]))
    datagram = build.ipv4(source, destination, protocol, segment, draw(ttls), fragment, options)
    return build.ethernet(datagram, 0x0800, draw(tags))


EXTENSIONS = (
    (),
    (),
    ((0, b"\0" + b"\1" * 6),),
    ((60, b"\1" + b"\1" * 14), (43, b"\0" + b"\0" * 6)),
    ((44, b"\0\0\1\0\0\0\1"),),
    ((44, b"\0\0\x09\0\0\0\1"),),
    ((44, b"\0\0\0\0\0\0\1"),),
    ((51, b"\1" + b"\0" * 10),),
    ((0, b"\x09" + b"\1" * 6),),
    ((60, b"\0" + b"\1" * 6),) * 8,
    ((60, b"\0" + b"\1" * 6),) * 9,
)


@st.composite
def ipv6_frames(draw: st.DrawFn) -> bytes:
    source, destination = draw(st.sampled_from(IPV6)), draw(st.sampled_from(IPV6))
    protocol, segment = draw(segments())
    segment = build.with_checksum(source, destination, protocol, segment)
    datagram = build.ipv6(source, destination, protocol, segment, draw(st.sampled_from(EXTENSIONS)))
    return build.ethernet(datagram, 0x86DD, draw(tags))


@st.composite
def damaged_frames(draw: st.DrawFn) -> bytes:
    """A frame cut off somewhere, or with some bytes overwritten."""
    data = draw(ipv4_frames() | ipv6_frames() | icmp_errors())
    if draw(st.booleans()):
        return data[: draw(st.integers(0, len(data)))]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(12, min(len(data) - 1, 80)))
        data = data[:at] + draw(st.binary(min_size=1, max_size=1)) + data[at + 1 :]
    return data


padding = st.sampled_from([b"", b"", b"\0" * 6, b"\xff" * 18])
valid_frames = st.builds(
    lambda data, pad: data + pad, ipv4_frames() | ipv4_frames() | ipv6_frames() | icmp_errors(), padding
)
other_frames = st.builds(
    build.ethernet, st.binary(max_size=60), st.sampled_from([0x0806, 0x0800, 0x86DD, 0x88CC, 0x0005])
)
any_frames = valid_frames | valid_frames | damaged_frames() | other_frames | st.binary(max_size=100)


@st.composite
def packet_lists(draw: st.DrawFn, frames: st.SearchStrategy[bytes] = any_frames) -> list[Packet]:
    """Up to 100 packets, their timestamps not falling but for a clock that once in a while steps back."""
    datas = draw(st.lists(frames, max_size=100))
    gaps = draw(st.lists(st.integers(0, 2_000_000) | st.just(-500_000), min_size=len(datas), max_size=len(datas)))
    now, packets = 1_000_000_000_000, []
    for data, gap in zip(datas, gaps, strict=True):
        now += gap
        packets.append(Packet(data, now))
    return packets
