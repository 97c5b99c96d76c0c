"""monitor: passes everything; `flows` is what it should have counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from tests.nfs.driver import Output, Packet
from tests.nfs.models.headers import TCP, Datagram, parse

Key = tuple[int, int, int, int, int, int]  # version, source, destination, protocol, ports


@dataclass
class Flow:
    first: int
    last: int = 0
    packets: int = 0
    bytes: int = 0
    tcp_flags: int = 0


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    return [Output(0, packet.data) for packet in packets]


def flows(packets: Sequence[Packet]) -> dict[Key, Flow]:
    found: dict[Key, Flow] = {}
    for packet in packets:
        datagram = parse(packet.data)
        if isinstance(datagram, Datagram):
            add(found, datagram, packet)
    return found


def add(found: dict[Key, Flow], d: Datagram, packet: Packet) -> None:
    key = (d.version, d.source, d.destination, d.protocol, *(d.ports or (0, 0)))
    flow = found.setdefault(key, Flow(packet.timestamp))
    flow.last = packet.timestamp
    flow.packets += 1
    flow.bytes += len(packet.data)
    if d.ports and d.protocol == TCP:
        flow.tcp_flags |= d.body[13]


def log_line(key: Key, flow: Flow) -> str:
    """The line fini() writes for a flow."""
    version, source, destination, protocol, sport, dport = key
    text = print_ipv4 if version == 4 else print_ipv6
    return (
        f"{text(source)}:{sport} -> {text(destination)}:{dport} protocol {protocol}: {flow.bytes} bytes, "
        f"{flow.packets} packets, {(flow.last - flow.first) // 1000} us, TCP flags 0x{flow.tcp_flags:02x}"
    )


def print_ipv4(address: int) -> str:
    return str(IPv4Address(address))


def print_ipv6(address: int) -> str:
    groups = IPv6Address(address).exploded.split(":")
    return "[" + ":".join(f"{int(group, 16):x}" for group in groups) + "]"
