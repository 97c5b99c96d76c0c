"""lpm: the longest prefix by the ipaddress module, TTL less one, header checksum computed afresh."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network

from tests.nfs.build_packets import checksum
from tests.nfs.driver import DROP, Output, Packet
from tests.nfs.models.argument_lines import argument_lines
from tests.nfs.models.headers import Datagram, parse_ip

Routes = dict[int, dict[int, int]]  # prefix length -> network -> gate


@lru_cache
def parse_routes(args: str) -> Routes:
    routes: Routes = {}
    for prefix, gate in argument_lines(args):
        network = IPv4Network(prefix)
        gates = routes.setdefault(network.prefixlen, {})
        gates[int(network.network_address)] = DROP if gate == "drop" else int(gate)
    return routes


def look_up(routes: Routes, address: int) -> int:
    for length in sorted(routes, reverse=True):
        gate = routes[length].get(address >> (32 - length) << (32 - length))
        if gate is not None:
            return gate
    return DROP


def run(packets: Sequence[Packet], args: str) -> list[Output]:
    routes = parse_routes(args)
    return [forward(packet.data, routes) for packet in packets]


def forward(data: bytes, routes: Routes) -> Output:
    datagram = parse_ip(data)
    if not isinstance(datagram, Datagram) or datagram.version != 4:
        return Output(DROP, data)
    header = data[datagram.start : datagram.body_start]
    gate = look_up(routes, datagram.destination)
    if checksum(header) != 0 or header[8] <= 1 or gate == DROP:
        return Output(DROP, data)
    header = header[:8] + bytes([header[8] - 1, header[9], 0, 0]) + header[12:]
    header = header[:10] + struct.pack("!H", checksum(header)) + header[12:]
    return Output(gate, data[: datagram.start] + header + data[datagram.body_start :])
