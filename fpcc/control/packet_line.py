"""A frame as one line, in the manner of tcpdump: addresses, ports, protocol, length."""

from __future__ import annotations

import struct
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

_VLAN = (0x8100, 0x88A8)
_TCP, _UDP = 6, 17
_NAMES = {1: "ICMP", 2: "IGMP", 47: "GRE", 50: "ESP", 58: "ICMP6", 89: "OSPF", 132: "SCTP"}
_FLAGS = ((0x02, "S"), (0x01, "F"), (0x04, "R"), (0x08, "P"), (0x20, "U"), (0x10, "."))
_ARP = {1: "Request who-has {1} tell {0}", 2: "Reply {0} is-at {2}"}


def describe_frame(head: bytes, length: int) -> str:
    """One line of the first bytes of an Ethernet frame of `length` bytes."""
    at, tags = 12, ""
    try:
        kind = _number(head, at)
        while kind in _VLAN:
            tags += f"vlan {_number(head, at + 2) & 0xFFF}, "
            at += 4
            kind = _number(head, at)
        return tags + _READERS.get(kind, _describe_other)(head, at + 2, length)
    except (struct.error, IndexError, ValueError):
        return f"{tags}cut off, length {length}"


def _describe_other(head: bytes, at: int, length: int) -> str:
    kind = _number(head, at - 2)
    name = f"ethertype 0x{kind:04x}" if kind >= 0x600 else "802.3"
    return f"{_hardware(head[6:12])} > {_hardware(head[:6])}, {name}, length {length}"


def _describe_ip4(head: bytes, at: int, length: int) -> str:
    size, whole = (head[at] & 15) * 4, _number(head, at + 2)
    ends = (IPv4Address(head[at + 12 : at + 16]), IPv4Address(head[at + 16 : at + 20]))
    if _number(head, at + 6) & 0x1FFF:
        return f"IP {ends[0]} > {ends[1]}: a later fragment, length {whole - size}"
    return "IP " + _describe_payload(head[at + size :], head[at + 9], ends, whole - size)


def _describe_ip6(head: bytes, at: int, length: int) -> str:
    ends = (IPv6Address(head[at + 8 : at + 24]), IPv6Address(head[at + 24 : at + 40]))
    return "IP6 " + _describe_payload(head[at + 40 :], head[at + 6], ends, _number(head, at + 4))


def _describe_payload(data: bytes, protocol: int, ends: tuple[object, object], size: int) -> str:
    """`size` bytes, of which `data` are the first."""
    if protocol not in (_TCP, _UDP):
        return f"{ends[0]} > {ends[1]}: {_NAMES.get(protocol, f'ip-proto-{protocol}')}, length {size}"
    line = f"{ends[0]}.{_number(data, 0)} > {ends[1]}.{_number(data, 2)}: "
    if protocol == _UDP:
        return f"{line}UDP, length {size - 8}"
    flags = "".join(letter for bit, letter in _FLAGS if data[13] & bit)
    return f"{line}Flags [{flags or 'none'}], length {size - (data[12] >> 4) * 4}"


def _describe_arp(head: bytes, at: int, length: int) -> str:
    sender, target = IPv4Address(head[at + 14 : at + 18]), IPv4Address(head[at + 24 : at + 28])
    words = _ARP.get(_number(head, at + 6), "operation {3}")
    said = words.format(sender, target, _hardware(head[at + 8 : at + 14]), _number(head, at + 6))
    return f"ARP, {said}, length {length - at}"


_READERS: dict[int, Callable[[bytes, int, int], str]] = {
    0x0800: _describe_ip4,
    0x0806: _describe_arp,
    0x86DD: _describe_ip6,
}


def _number(data: bytes, at: int) -> int:
    """Two bytes. Raises struct.error if they are not there."""
    found: int = struct.unpack_from(">H", data, at)[0]
    return found


def _hardware(address: bytes) -> str:
    return address.hex(":")
