"""Live interfaces: what arrives is handed in as it was on the wire, what leaves is sent, the rest counted."""

from __future__ import annotations

import socket
import struct
import time
from pathlib import Path

import pytest

from tests.host.run.capture_files import read_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.live import INTERFACE_OUT, IPV4, SWAP, Live, eth_in, frame_of
from tests.host.run.runner import chain, node
from tests.host.run.sources import PASS, process
from tests.network import drain, ip, open_end

VLAN, QINQ = b"\x81\x00", b"\x88\xa8"
UDP_SEGMENT = 103
LONGEST = 1920  # bytes of a frame that a packet buffer holds
pytestmark = pytest.mark.usefixtures("network")


@pytest.fixture
def forward(fphost: Path, make_module: MakeModule) -> Live:
    """From `in` to `out`, addresses exchanged, until it is quiet."""
    return Live(fphost, chain(node(make_module(SWAP)), input=eth_in(), output=INTERFACE_OUT))


@pytest.fixture
def record(fphost: Path, make_module: MakeModule, tmp_path: Path) -> Live:
    """From `in` to a capture, out.pcap."""
    capture = {"type": "pcap", "path": str(tmp_path / "out.pcap")}
    return Live(fphost, chain(node(make_module(PASS)), input=eth_in(), output=capture))


def frames_in(capture: Path) -> list[bytes]:
    return [packet.frame for packet in read_capture(capture)]


def test_packets_go_through_in_order(forward: Live) -> None:
    frames = [frame_of(number, 60 + number % 1455) for number in range(500)]
    with open_end("far-in") as sender, open_end("far-out") as receiver:
        for frame in frames:
            sender.send(frame)
        outcome = forward.finish()
        assert drain(receiver) == [frame[6:12] + frame[:6] + frame[12:] for frame in frames]
    assert (outcome.status, outcome.done["in"], outcome.done["out"]) == (0, 500, 500)
    assert not outcome.done["interrupted"]


def test_times_are_those_of_arrival(record: Live, tmp_path: Path) -> None:
    before = time.time_ns()
    with open_end("far-in") as sender:
        sender.send(frame_of(1))
        sender.send(frame_of(2))
    record.finish()
    first, second = (packet.time for packet in read_capture(tmp_path / "out.pcap"))
    assert before <= first <= second <= time.time_ns()


def test_one_interface_may_be_both_and_hears_not_itself(fphost: Path, make_module: MakeModule) -> None:
    """Nor what another program sends out of it; otherwise these would go round for ever."""
    both = {"type": "af_packet", "interface": "in"}
    run = Live(fphost, chain(node(make_module(SWAP)), input=eth_in(), output=both))
    with open_end("far-in") as far, open_end("in") as near:
        near.send(frame_of(99))
        for number in range(40):
            far.send(frame_of(number))
        outcome = run.finish()
        assert len(drain(far)) == 41
    assert (outcome.done["in"], outcome.done["out"]) == (40, 40)


@pytest.mark.parametrize("protocol", [VLAN, QINQ])
def test_tags_that_the_kernel_takes_off_are_put_back(protocol: bytes, record: Live, tmp_path: Path) -> None:
    tag = protocol + struct.pack(">H", 5 << 13 | 0x123)
    plain = frame_of(7, 100)
    with open_end("far-in") as sender:
        sender.send(plain[:12] + tag + plain[12:])
        sender.send(plain[:12] + tag + VLAN + b"\x00\x05" + plain[12:])
    record.finish()
    assert frames_in(tmp_path / "out.pcap") == [
        plain[:12] + tag + plain[12:],
        plain[:12] + tag + VLAN + b"\x00\x05" + plain[12:],
    ]


def test_a_tag_leaves_with_its_packet(forward: Live) -> None:
    """On the longest frame of the interface, too, which it makes longer than the mtu says."""
    frame = frame_of(1, 1514)
    with open_end("far-in") as sender, open_end("far-out") as receiver:
        sender.send(frame[:12] + VLAN + b"\x00\x05" + frame[12:])
        outcome = forward.finish()
        (received,) = drain(receiver)
    assert (outcome.done["out"], len(received)) == (1, 1514)  # the receiver's kernel has taken it off again


def test_checksums_left_to_the_hardware_are_completed(record: Live, tmp_path: Path) -> None:
    """A veth pair has no hardware: datagrams of this very machine arrive with half a checksum."""
    with speak() as sender:
        for size in (0, 1, 18, 999):
            sender.sendto(b"\xa7" * size, ("192.0.2.2", 4000))
    record.finish()
    frames = [frame for frame in frames_in(tmp_path / "out.pcap") if frame[12:14] == IPV4]
    assert len(frames) == 4
    for frame in frames:
        pseudo = frame[26:34] + struct.pack(">HH", 17, len(frame) - 34)
        assert add_words(pseudo + frame[34:]) == 0xFFFF
        assert frame[40:42] != b"\0\0"


def speak() -> socket.socket:
    """A socket of this machine's own, whose datagrams to 192.0.2.2 leave by `far-in`."""
    ip("addr", "add", "192.0.2.1/24", "dev", "far-in")
    ip("neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:53:02", "dev", "far-in")
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def add_words(data: bytes) -> int:
    """The one's complement sum of RFC 1071."""
    padded = data + b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def test_frames_that_fit_no_buffer_are_counted(record: Live, tmp_path: Path) -> None:
    """Three datagrams that the kernel leaves in one frame, for hardware to cut: 3,042 bytes."""
    with speak() as sender, open_end("far-in") as end:
        sender.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 1000)
        sender.sendto(b"x" * 3000, ("192.0.2.2", 4000))
        end.send(frame_of(1))
    outcome = record.finish()
    assert frames_in(tmp_path / "out.pcap") == [frame_of(1)]
    assert outcome.done["drops"] == {"too long": 1}


def test_the_longest_frames_fit_with_their_tags(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    for interface in ("far-in", "in"):
        ip("link", "set", interface, "mtu", str(LONGEST - 18))
    capture = {"type": "pcap", "path": str(tmp_path / "out.pcap")}
    run = Live(fphost, chain(node(make_module(PASS)), input=eth_in(), output=capture))
    frame = frame_of(1, LONGEST - 4)
    with open_end("far-in") as sender:
        sender.send(frame[:12] + VLAN + b"\x00\x05" + frame[12:])
    run.finish()
    assert [len(frame) for frame in frames_in(tmp_path / "out.pcap")] == [LONGEST]


def test_what_the_output_cannot_send_is_counted_by_reason(fphost: Path, make_module: MakeModule) -> None:
    cut = process(
        """for (uint32_t i = 0; i < batch->count; i++)
		if (batch->packet[i].data[17] == 1)
			batch->packet[i].len = 13;"""
    )
    ip("link", "set", "out", "mtu", "1000")
    run = Live(fphost, chain(node(make_module(cut)), input=eth_in(), output=INTERFACE_OUT))
    with open_end("far-in") as sender, open_end("far-out") as receiver:
        for number, size in ((0, 60), (1, 60), (2, 1015), (3, 1014), (1, 70)):
            sender.send(frame_of(number, size))
        outcome = run.finish()
        assert [frame[17] for frame in drain(receiver)] == [0, 3]
    assert outcome.done["drops"] == {"too short for the output": 2, "too long for the output": 1}
    assert outcome.done["out"] == 2


def test_packets_lost_in_the_kernel_are_counted(fphost: Path, make_module: MakeModule) -> None:
    """The module sleeps over its first batch, so that the ring, of 8 MiB, runs full."""
    slow = make_module(process('if (call == 1) for (long i = 0; i < 3000000000; i++) __asm__ volatile("");'))
    run = Live(fphost, chain(node(slow, budget_us=60_000_000), input=eth_in(), output={"type": "null"}))
    sent = 20000
    with open_end("far-in") as sender:
        for number in range(sent):
            sender.send(frame_of(number, 1000))
    outcome = run.finish()
    assert outcome.done["in"] == sent
    assert 0 < outcome.done["drops"]["missed by the input"] < sent
    assert outcome.done["out"] == sent - outcome.done["drops"]["missed by the input"]
