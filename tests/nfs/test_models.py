"""Every NF gives what its model gives: on arbitrary packets, on every truncation, on the shipped capture."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import Packet
from tests.nfs.models import MODELS
from tests.nfs.random_frames import any_frame, valid_frame
from tests.nfs.shipped import EXAMPLES, shipped_args, shipped_packets
from tests.nfs.strategies import packet_lists

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# NAT updates checksums, so wrong ones stay wrong; its model computes them afresh and needs right ones.
FRAMES = {"nat": valid_frame}


def test_every_example_has_a_model() -> None:
    assert sorted(MODELS) == sorted(path.stem for path in (EXAMPLES / "nfs").glob("*.c"))


@pytest.mark.parametrize("name", MODELS)
def test_outputs_equal_the_model(name: str, native: BuildNf) -> None:
    nf, args = native(name), shipped_args(name)

    @SETTINGS
    @given(packets=packet_lists(FRAMES.get(name, any_frame)))
    def check(packets: list[Packet]) -> None:
        assert nf.run(packets, args.encode()).outputs == MODELS[name](packets, args)

    check()


@pytest.mark.parametrize("name", MODELS)
def test_no_packet_makes_an_nf_touch_foreign_bytes(name: str, native: BuildNf) -> None:
    nf, args = native(name), shipped_args(name)

    @SETTINGS
    @given(packets=packet_lists())
    def check(packets: list[Packet]) -> None:
        assert len(nf.run(packets, args.encode(), batch=64).outputs) == len(packets)

    check()


TO_WEB, TO_WEB6 = ("192.0.2.10", "198.51.100.10"), ("2001:db8:1::10", "2001:db8:2::10")
FROM_WEB, FROM_NAT = ("198.51.100.10", "203.0.113.1"), ("203.0.113.1", "198.51.100.10")
EXTENSIONS = ((0, b"\0" + b"\1" * 6), (51, b"\1" + b"\0" * 10), (44, b"\0\0\1\0\0\0\1"))
SAMPLES = {
    "tcp": build.frame(TO_WEB, build.TCP, build.tcp(5000, 80, b"GET /", options=b"\1" * 8)),
    "udp behind two tags": build.frame(TO_WEB, build.UDP, build.udp(5000, 53, b"?"), (5, 6)),
    "icmp error": build.frame(
        FROM_WEB, build.ICMP, build.icmp(3, 0, build.ipv4(FROM_NAT, build.UDP, build.udp(1024, 53)))
    ),
    "ipv6 with extensions": build.ethernet(
        build.ipv6(TO_WEB6, build.TCP, build.tcp(5000, 80, b"GET /"), EXTENSIONS), 0x86DD
    ),
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", MODELS)
def test_every_truncation_is_judged_as_the_model_does(name: str, sample: str, native: BuildNf) -> None:
    args = shipped_args(name)
    packets = [Packet(SAMPLES[sample][:length]) for length in range(len(SAMPLES[sample]) + 1)]
    assert native(name).run(packets, args.encode()).outputs == MODELS[name](packets, args)


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_capture_leaves_as_the_model_says(name: str, native: BuildNf) -> None:
    packets, args = shipped_packets(), shipped_args(name)
    assert native(name).run(packets, args.encode()).outputs == MODELS[name](packets, args)


@pytest.mark.parametrize("name", MODELS)
def test_batches_of_any_size_give_the_same(name: str, native: BuildNf) -> None:
    packets, args = shipped_packets()[:500], shipped_args(name).encode()
    outputs = [native(name).run(packets, args, batch).outputs for batch in (1, 7, 64)]
    assert outputs[0] == outputs[1] == outputs[2]
