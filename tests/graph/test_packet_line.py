"""Frames as lines: what tcpdump 4.99 says of the same bytes, as far as it is shown."""

from __future__ import annotations

import pytest

from fpcc.control.packet_line import describe_frame

ETHERNET = "020000000001 020000000002 "
IP4 = "4500002e00010000 4011 0000 0a000001 0a000002 "
IP6 = "6000000000101140 " + "20010db8000000000000000000000001" + "20010db8000000000000000000000002"
TCP4 = "4500002c00010000 4006 0000 0a000001 0a000002 "
FRAMES = {
    "0800 " + IP4 + "04d2 0035 001a 0000": "IP 10.0.0.1.1234 > 10.0.0.2.53: UDP, length 18",
    "8100 0007 0800 " + IP4 + "04d2 0035 001a 0000": "vlan 7, IP 10.0.0.1.1234 > 10.0.0.2.53: UDP, length 18",
    "0800 " + TCP4 + "04d2 0050 00000000 00000000 5012 0000 0000 0000":
        "IP 10.0.0.1.1234 > 10.0.0.2.80: Flags [S.], length 4",
    "0800 " + IP4.replace("4011", "4001") + "0800": "IP 10.0.0.1 > 10.0.0.2: ICMP, length 26",
    "0800 " + IP4.replace("4011", "40fe"): "IP 10.0.0.1 > 10.0.0.2: ip-proto-254, length 26",
    "0800 " + IP4.replace("00010000", "00010007"): "IP 10.0.0.1 > 10.0.0.2: a later fragment, length 26",
    "86dd " + IP6 + "04d2 0035 0010 0000": "IP6 2001:db8::1.1234 > 2001:db8::2.53: UDP, length 8",
    "0806 0001 0800 06 04 0001 020000000002 0a000001 000000000000 0a000002":
        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 46",
    "0806 0001 0800 06 04 0002 020000000002 0a000001 000000000000 0a000002":
        "ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:02, length 46",
    "88cc 0207": "02:00:00:00:00:02 > 02:00:00:00:00:01, ethertype 0x88cc, length 60",
    "0026 4242": "02:00:00:00:00:02 > 02:00:00:00:00:01, 802.3, length 60",
    "0800 " + IP4: "cut off, length 60",
    "0800 45": "cut off, length 60",
    "": "cut off, length 60",
}  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_as_a_line(frame: str) -> None:
    assert describe_frame(bytes.fromhex(ETHERNET + frame), 60) == FRAMES[frame]


def test_no_bytes_are_too_strange() -> None:
    """Every beginning of every frame has a line."""
    for frame in FRAMES:
        whole = bytes.fromhex(ETHERNET + frame)
        for length in range(len(whole)):
            assert describe_frame(whole[:length], length).count("length") == 1
