"""Sends frames on one interface, and says which came out of another: a program for a network namespace.

`exchange_frames.py SEND RECEIVE` reads frames in hexadecimal, one a line, sends them, and prints "sent";
after a last line it prints what has been received meanwhile, in the same form. Nothing of ours is imported.
"""

from __future__ import annotations

import socket
import sys

ALL = 3  # ETH_P_ALL
AUXDATA, SOL_PACKET, VLAN_VALID, RCVBUFFORCE = 8, 263, 0x10, 33
BUFFER = 1 << 25


def open_socket(interface: str, protocol: int) -> socket.socket:
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(protocol))
    packets.setsockopt(socket.SOL_SOCKET, RCVBUFFORCE, BUFFER)
    packets.setsockopt(SOL_PACKET, AUXDATA, 1)
    packets.bind((interface, protocol))
    return packets


def put_tag_back(frame: bytes, ancillary: list[tuple[int, int, bytes]]) -> bytes:
    """The kernel takes a VLAN tag off, and says so."""
    for _, _, data in ancillary:
        status = int.from_bytes(data[:4], sys.byteorder)
        if status & VLAN_VALID:
            tag = int.from_bytes(data[16:18], sys.byteorder).to_bytes(2, "big")
            return frame[:12] + b"\x81\x00" + tag + frame[12:]
    return frame


def receive_all(packets: socket.socket) -> list[bytes]:
    frames: list[bytes] = []
    packets.setblocking(False)
    while True:
        try:
            frame, ancillary, _, address = packets.recvmsg(1 << 16, 256)
        except BlockingIOError:
            return frames
        except OSError:  # once, when the interface has gone
            continue
        if address[2] != socket.PACKET_OUTGOING:
            frames.append(put_tag_back(frame, ancillary))


def main() -> None:
    sender, receiver = open_socket(sys.argv[1], ALL), open_socket(sys.argv[2], ALL)
    for line in iter(sys.stdin.readline, "\n"):
        sender.send(bytes.fromhex(line))
    print("sent", flush=True)
    sys.stdin.readline()
    for frame in receive_all(receiver):
        print(frame.hex())


if __name__ == "__main__":
    main()
