"""A VLAN port in user space: carries a TAP device's frames over another interface, tagged.

    python3 vlan_tap.py TAP INTERFACE VLAN

For kernels without the 8021q module. Runs until it is killed; needs root.
"""

from __future__ import annotations

import fcntl
import os
import select
import socket
import struct
import sys

TUNSETIFF = 0x400454CA
IFF_TAP_NO_INFO = 0x1002  # IFF_TAP | IFF_NO_PI
ETH_P_ALL = 3
SOL_PACKET, PACKET_AUXDATA = 263, 8
TP_STATUS_VLAN_VALID = 1 << 4
TYPE_VLAN = b"\x81\x00"
FRAME_MAX = 2048


def open_tap(name: str) -> int:
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP_NO_INFO))
    return tap


def open_port(interface: str) -> socket.socket:
    port = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    port.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
    port.bind((interface, 0))
    return port


def receive(port: socket.socket) -> tuple[bytes, int | None]:
    """A frame without its tag, and the tag's VLAN if it had one. The kernel takes tags off on arrival."""
    frame, ancillary, _, address = port.recvmsg(FRAME_MAX, 64)
    if address[2] == socket.PACKET_OUTGOING:
        return frame, None
    if frame[12:14] == TYPE_VLAN:
        return frame[:12] + frame[16:], int.from_bytes(frame[14:16]) & 0xFFF
    for level, kind, data in ancillary:
        status, *_, tag, _ = struct.unpack("IIIHHHH", data[:20])
        if (level, kind) == (SOL_PACKET, PACKET_AUXDATA) and status & TP_STATUS_VLAN_VALID:
            return frame, tag & 0xFFF
    return frame, None


def carry(tap: int, port: socket.socket, vlan: int) -> None:
    ready, _, _ = select.select([tap, port.fileno()], [], [])
    if tap in ready:
        frame = os.read(tap, FRAME_MAX)
        port.send(frame[:12] + TYPE_VLAN + vlan.to_bytes(2) + frame[12:])
    if port.fileno() in ready:
        frame, arrived_on = receive(port)
        if arrived_on == vlan:
            os.write(tap, frame)


def main(tap_name: str, interface: str, vlan: str) -> None:
    tap, port = open_tap(tap_name), open_port(interface)
    while True:
        carry(tap, port, int(vlan))


if __name__ == "__main__":
    main(*sys.argv[1:])
