"""policer: the rates and bursts that get through, measured from outside, and what happens when it is full."""

from __future__ import annotations

import pytest

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import DROP, Packet

START = 10**18


def frame_to(address: str, size: int = 1000) -> bytes:
    source = "2001:db8::1" if ":" in address else "192.0.2.1"
    data = build.frame((source, address), build.UDP, build.udp(1, 2))
    return data + b"\0" * (size - len(data))


def passed_bytes(native: BuildNf, args: str, packets: list[Packet]) -> int:
    outputs = native("policer").run(packets, args.encode()).outputs
    return sum(len(output.data) for output in outputs if output.gate == 0)


@pytest.mark.parametrize("rate", [8_000, 1_000_000, 30_000_000, 1_000_000_000])
def test_a_steady_flood_gets_its_burst_and_then_its_rate(rate: int, native: BuildNf) -> None:
    burst, size, count = 20_000, 1000, 4000
    gap = size * 8 * 10**9 // rate // 2  # twice the rate
    packets = [Packet(frame_to("198.51.100.1", size), START + i * gap) for i in range(count)]
    seconds = (count - 1) * gap / 10**9
    expected = burst + rate / 8 * seconds
    assert abs(passed_bytes(native, f"default {rate} {burst}", packets) - expected) <= size + expected * 1e-3


def test_a_bucket_fills_to_its_burst_and_no_further(native: BuildNf) -> None:
    def volley(at: int) -> list[Packet]:
        return [Packet(frame_to("198.51.100.1"), at)] * 30

    pauses = [0, 10**9, 10**18]  # one second refills 1,000 bytes, an age no more than the burst
    packets = [packet for pause in pauses for packet in volley(START + pause)]
    assert passed_bytes(native, "default 8k 10000", packets) == 10_000 + 1_000 + 10_000


def test_destinations_do_not_share_a_bucket_but_a_64_does(native: BuildNf) -> None:
    ends = "198.51.100.1 198.51.100.2 2001:db8:1::1 2001:db8:1::2 2001:db8:1:1::1".split()
    packets = [Packet(frame_to(end), START) for end in ends for _ in range(5)]
    assert passed_bytes(native, "default 8k 2000", packets) == 4 * 2000


def test_an_ipv6_destination_does_not_share_with_an_ipv4_one_of_the_same_bits(native: BuildNf) -> None:
    packets = [Packet(frame_to(end), START) for end in ("198.51.100.1", "c633:6401::") for _ in range(5)]
    assert passed_bytes(native, "default 8k 2000", packets) == 2 * 2000


def test_the_longest_prefix_decides_the_class(native: BuildNf) -> None:
    args = "10.0.0.0/8 8k 3000\n10.1.0.0/16 8k 5000\ndefault 8k 2000\n10.1.1.1 8k 7000\n"
    for address, burst in (("10.9.9.9", 3000), ("10.1.9.9", 5000), ("10.1.1.1", 7000), ("11.0.0.0", 2000)):
        assert passed_bytes(native, args, [Packet(frame_to(address), START)] * 10) == burst


def test_a_clock_that_steps_back_adds_no_tokens(native: BuildNf) -> None:
    times = [START, START + 10**9, START, START + 10**9] * 5
    packets = [Packet(frame_to("198.51.100.1"), at) for at in times for _ in range(5)]
    assert passed_bytes(native, "default 8k 3000", packets) == 3000 + 1000


def many(first: int, count: int, at: int) -> list[Packet]:
    """One packet each to `count` destinations."""
    return [
        Packet(frame_to(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", 60), at)
        for n in range(first, first + count)
    ]


def test_a_full_table_shares_buckets_and_recovers(native: BuildNf) -> None:
    crowd = many(0, 100_000, START)
    later = many(100_000, 10_000, START + 10**9)  # all buckets are full again after 1.5 ms
    result = native("policer").run(crowd + later, b"default 8M 1514")
    dropped = [output.gate == DROP for output in result.outputs]
    shared = result.counters["policer.shared"]
    assert shared > 10_000
    assert sum(dropped) == result.counters["policer.excess"] == shared - 1514 // 60
    assert not any(dropped[100_000:])
