"""monitor: what it logs at the end is what went through."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import Packet
from tests.nfs.models import monitor
from tests.nfs.random_frames import valid_frame
from tests.nfs.shipped import shipped_packets
from tests.nfs.strategies import make_packets


def expected_log(packets: list[Packet], top: int) -> list[int]:
    """Bytes of the largest flows."""
    return sorted((flow.bytes for flow in monitor.flows(packets).values()), reverse=True)[:top]


def check_log(native: BuildNf, packets: list[Packet], top: int) -> None:
    result = native("monitor").run(packets, f"top {top}".encode())
    lines = [line.removeprefix("2 ") for line in result.log]
    known = {monitor.log_line(key, flow): flow.bytes for key, flow in monitor.flows(packets).items()}
    assert [known[line] for line in lines] == expected_log(packets, top)
    assert len(set(lines)) == len(lines)
    assert result.counters["monitor.flows"] == len(known)


def test_the_largest_flows_of_the_capture_are_logged(native: BuildNf) -> None:
    for top in (0, 1, 10, 100):
        check_log(native, shipped_packets(), top)


def test_any_flows_are_counted(native: BuildNf) -> None:
    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(0, 2**32 - 1), count=st.sampled_from([200, 20, 1, 0]))
    def check(seed: int, count: int) -> None:
        packets = make_packets([seed % 50 + n % 97 for n in range(count)], valid_frame)
        steady = [Packet(packet.data, 10**12 + n) for n, packet in enumerate(packets)]
        check_log(native, steady, 100)

    check()


def test_a_full_table_counts_what_it_does_not_track(native: BuildNf) -> None:
    ends = ("192.0.2.1", "198.51.100.1")
    packets = [Packet(build.ethernet(build.ipv4(ends, build.UDP, build.udp(n, 53)))) for n in range(4000)]
    result = native("monitor").run(packets, b"flows 1024\ntop 0")
    counters = result.counters
    assert counters["monitor.flows"] + counters["monitor.untracked"] == 4000
    assert 900 <= counters["monitor.flows"] <= 1024 + 16
    assert all(output.gate == 0 for output in result.outputs)


def test_what_is_no_flow_is_counted_apart(native: BuildNf) -> None:
    good = build.frame(("192.0.2.1", "198.51.100.1"), build.TCP, build.tcp(1, 2))
    packets = [Packet(good), Packet(good[:30]), Packet(build.ethernet(b"who has", 0x0806))]
    counters = native("monitor").run(packets, b"").counters
    assert counters == {
        "monitor.flows": 1,
        "monitor.untracked": 0,
        "monitor.other": 1,
        "monitor.malformed": 1,
    }
