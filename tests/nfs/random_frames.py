"""Frames from a random generator: mostly well-formed, from few addresses and ports so that rules, flows
and mappings are hit again and again; some cut short, some with bytes overwritten, some plain noise."""

from __future__ import annotations

from random import Random

from tests.nfs import build_packets as build

# Ends that the shipped argument files name, and some that they do not.
INSIDE = "192.0.2.10 192.0.2.20 192.0.2.21 192.0.2.66 192.0.2.130".split()
OUTSIDE = (
    "198.51.100.10 198.51.100.22 198.51.100.40 198.51.100.53 203.0.113.1 203.0.113.2 203.0.113.9 "
    "10.1.2.3 127.0.0.1 8.8.8.8 1.2.3.4 224.0.0.1 255.255.255.255"
).split()
IPV6 = (
    "2001:db8:1::10 2001:db8:1::66 2001:db8:2::10 2001:db8:2::22 2001:db8:2::53 fe80::1 ff02::1 2002::1 ::1"
).split()
PORTS = (0, 22, 23, 53, 80, 136, 443, 445, 1024, 1025, 1026, 1027, 5201, 6514, 8080, 40000, 65535)
TEXTS = (
    b"",
    b"GET / HTTP/1.1",
    b"GET /../../../etc/passwd",
    b"User-Agent: Nikto",
    b"\x90" * 9,
    b"/.en",
    b"v",
    b"'",
)
TAGS = ((), (), (), (5,), (5, 6), (1, 2, 3))
FLAGS = (build.SYN, build.ACK, build.FIN | build.ACK, build.RST, 0, 0xFF)
EXTENSIONS = (
    (),
    (),
    (),
    ((0, b"\0" + b"\1" * 6),),
    ((60, b"\1" + b"\1" * 14), (43, b"\0" + b"\0" * 6)),
    ((44, b"\0\0\1\0\0\0\1"),),  # the first fragment
    ((44, b"\0\0\x09\0\0\0\1"),),  # a later one
    ((44, b"\0\0\0\0\0\0\1"),),  # an atomic one
    ((51, b"\1" + b"\0" * 10),),
    ((0, b"\x09" + b"\1" * 6),),  # longer than it is
    ((60, b"\0" + b"\1" * 6),) * 8,
    ((60, b"\0" + b"\1" * 6),) * 9,
)


def random_port(random: Random) -> int:
    return random.choice(PORTS) if random.random() < 0.8 else random.randrange(65536)


def random_payload(random: Random) -> bytes:
    parts = [random.choice(TEXTS), random.randbytes(random.randrange(40)), random.choice(TEXTS)]
    return b"".join(part for part in parts if random.random() < 0.5)


def random_segment(random: Random) -> tuple[int, bytes]:
    """Protocol and transport segment, TCP and UDP still without checksum."""
    kind, payload = random.randrange(10), random_payload(random)
    sport, dport = random_port(random), random_port(random)
    if kind < 4:
        return build.TCP, build.tcp(
            sport, dport, payload, random.choice(FLAGS), b"\1" * random.choice((0, 0, 4, 40))
        )
    if kind < 7:
        return build.UDP, build.udp(sport, dport, payload)
    if kind < 9:
        return build.ICMP, build.icmp(random.choice((0, 0, 8, 8, 3, 13)), sport, payload)
    return random.choice((47, 50, 58, 132, 255)), payload


def random_ends(random: Random) -> tuple[str, str]:
    """Mostly one end inside and one outside, either way; now and then anything."""
    if random.random() < 0.2:
        return random.choice(INSIDE + OUTSIDE), random.choice(INSIDE + OUTSIDE)
    ends = [random.choice(INSIDE), random.choice(OUTSIDE)]
    random.shuffle(ends)
    return ends[0], ends[1]


def random_fields(random: Random) -> build.Ipv4Fields:
    return build.Ipv4Fields(
        ttl=random.choice((0, 1, 2, 64, 64, 255)),
        fragment=random.choice((0, 0, 0, 0, 0x4000, 0x4000, 0x2000, 0x2001, 0x0010)),
        options=b"\1" * random.choice((0, 0, 0, 0, 4, 40)),
    )


def ipv4_frame(random: Random) -> bytes:
    ends = random_ends(random)
    protocol, segment = random_segment(random)
    if protocol != build.UDP or random.random() < 0.8:  # UDP also goes without a checksum
        segment = build.with_checksum(ends, protocol, segment)
    fields = random_fields(random)
    if fields.fragment & 0x2000 and random.random() < 0.5:
        segment = segment[: random.randrange(len(segment) + 1)]  # the rest comes in later fragments
    return build.ethernet(build.ipv4(ends, protocol, segment, fields), 0x0800, random.choice(TAGS))


def icmp_error_frame(random: Random) -> bytes:
    """An ICMP error that quotes a packet that went the other way, whole or cut off."""
    ends = random_ends(random)
    back = (ends[1], ends[0])
    protocol, segment = random_segment(random)
    quoted = build.ipv4(back, protocol, build.with_checksum(back, protocol, segment), random_fields(random))
    size = random.choice((28, 28, 36, 20, 27, 1500))
    message = build.icmp(random.choice((3, 11, 12, 5)), 0, quoted[:size])
    return build.frame(ends, build.ICMP, message, random.choice(TAGS))


def ipv6_frame(random: Random) -> bytes:
    ends = (random.choice(IPV6), random.choice(IPV6))
    protocol, segment = random_segment(random)
    segment = build.with_checksum(ends, protocol, segment)
    datagram = build.ipv6(ends, protocol, segment, random.choice(EXTENSIONS))
    return build.ethernet(datagram, 0x86DD, random.choice(TAGS))


def padded(random: Random, data: bytes) -> bytes:
    """Some Ethernet padding behind the datagram, now and then."""
    return data + random.choice((b"", b"", b"\0" * 6, b"\xff" * 18))


def valid_frame(random: Random) -> bytes:
    make = random.choice((ipv4_frame, ipv4_frame, ipv4_frame, icmp_error_frame, ipv6_frame))
    return padded(random, make(random))


def cut_frame(random: Random) -> bytes:
    data = valid_frame(random)
    return data[: random.randrange(len(data) + 1)]


def overwritten_frame(random: Random) -> bytes:
    data = bytearray(valid_frame(random))
    for _ in range(random.randint(1, 4)):
        data[random.randrange(12, min(len(data), 80))] = random.randrange(256)
    return bytes(data)


# Length fields of a frame with such a segment: where the byte lies, what it holds besides, the shift.
LENGTHS = {
    build.TCP: ((14, 0x40, 0), (17, 0x20, 0), (46, 0, 4)),
    build.UDP: ((14, 0x40, 0), (17, 0x10, 0), (38, 0, 0), (39, 0, 0)),
    build.ICMP: ((14, 0x40, 0), (17, 0x10, 0)),
}


PLAIN = (
    (build.TCP, build.tcp(1024, 80, b"text")),
    (build.UDP, build.udp(1024, 53, b"text")),
    (build.ICMP, build.icmp(8, 1024, b"text")),
)


def lying_frame(random: Random) -> bytes:
    """A plain frame with one length field that is not true: of the IP header, the datagram, TCP or UDP."""
    protocol, segment = random.choice(PLAIN)
    at, rest, shift = random.choice(LENGTHS[protocol])
    data = bytearray(build.frame(random_ends(random), protocol, segment))
    data[at] = rest | random.randrange(16) << shift
    data[24:26] = b"\0\0"
    data[24:26] = build.checksum(bytes(data[14:34])).to_bytes(2)
    return bytes(data)


def noise_frame(random: Random) -> bytes:
    kind = random.choice((0x0806, 0x0800, 0x86DD, 0x8100, 0x88CC, 5))
    noise = random.randbytes(random.randrange(100))
    return noise if random.random() < 0.5 else build.ethernet(noise, kind, random.choice(TAGS))


def any_frame(random: Random) -> bytes:
    bad = (cut_frame, overwritten_frame, lying_frame, noise_frame)
    make = random.choice((valid_frame, valid_frame, valid_frame, valid_frame, *bad))
    return make(random)
