"""macswap: the two addresses change places; frames too short for an Ethernet header are dropped."""

from __future__ import annotations

from collections.abc import Sequence

from tests.nfs.driver import DROP, Output, Packet


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    return [swap(packet.data) for packet in packets]


def swap(data: bytes) -> Output:
    if len(data) < 14:
        return Output(DROP, data)
    return Output(0, data[6:12] + data[:6] + data[12:])
