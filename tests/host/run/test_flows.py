"""The flow number of a packet: by its 5-tuple, whatever the bytes around it are."""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.host.run.capture_files import Captured, write_capture
from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.runner import chain, node
from tests.host.run.sources import process

SHOW = process(
    "for (unsigned i = 0; i < batch->count; i++) { static char text[8];"
    'for (int k = 0; k < 8; k++) text[k] = "0123456789abcdef"[batch->packet[i].flow >> 4 * k & 15];'
    "fp_log(2, text, 8); }"
)


def ethernet(kind: int, rest: bytes) -> bytes:
    return bytes(range(12)) + struct.pack("!H", kind) + rest


def ipv4(source: str, protocol: int, payload: bytes, options: bytes = b"", fragment: int = 0) -> bytes:
    words = 5 + len(options) // 4
    head = struct.pack("!BBHHHBBH", 0x40 | words, 0, 20, 1, fragment, 64, protocol, 0)
    return ethernet(0x800, head + socket.inet_aton(source) + socket.inet_aton("10.9.8.7") + options + payload)


def ipv6(next_header: int, payload: bytes) -> bytes:
    return ethernet(0x86DD, struct.pack("!IHBB", 6 << 28, 0, next_header, 64) + bytes(range(32)) + payload)


PORTS = struct.pack("!HH", 1000, 80)

# Each line is one flow; all its frames must have the same number, and no other line's.
FLOWS = [
    [
        ipv4("10.0.0.1", 6, PORTS + b"syn"),
        ipv4("10.0.0.1", 6, PORTS + b"other payload"),
        ipv4("10.0.0.1", 6, PORTS, options=bytes(8)),
        ethernet(0x8100, b"\x00\x05" + ipv4("10.0.0.1", 6, PORTS)[12:]),
        ethernet(0x88A8, b"\x00\x07\x81\x00\x00\x05" + ipv4("10.0.0.1", 6, PORTS)[12:]),
    ],
    [ipv4("10.0.0.1", 17, PORTS)],
    [ipv4("10.0.0.2", 6, PORTS)],
    [ipv4("10.0.0.1", 6, struct.pack("!HH", 1000, 81))],
    [ipv4("10.0.0.1", 6, b"later fragment", fragment=100), ipv4("10.0.0.1", 6, PORTS, fragment=7)],
    [ipv4("10.0.0.1", 1, b"echo"), ipv4("10.0.0.1", 1, b"reply")],
    [
        ipv6(6, PORTS),
        ipv6(6, PORTS + b"x"),
        ipv6(0, b"\x06\x00" + bytes(6) + PORTS),
        ipv6(44, b"\x06" + bytes(7) + PORTS),
    ],
    [ipv6(17, PORTS)],
    [ipv6(6, struct.pack("!HH", 1, 2))],
    [ethernet(0x806, b"arp" * 10), ethernet(0x806, b"")],
    [ethernet(0x9999, b"")],
    [b""],
]


def flows_of(frames: list[bytes], make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> list[str]:
    source = write_capture(tmp_path / "in.pcap", [Captured(frame) for frame in frames])
    outcome = run_chain(chain(node(make_module(SHOW)), input={"type": "pcap", "path": str(source)}))
    return outcome.logged()


def test_same_tuple_same_flow(make_module: MakeModule, run_chain: RunChain, tmp_path: Path) -> None:
    numbers = iter(flows_of([frame for flow in FLOWS for frame in flow], make_module, run_chain, tmp_path))
    found = [{next(numbers) for _ in flow} for flow in FLOWS]
    assert all(len(flow) == 1 for flow in found), found
    assert len(set.union(*found)) == len(FLOWS)


def test_cut_frames_are_parsed_within_their_bounds(sanitized_program: Callable[[str], Path]) -> None:
    """Every prefix of every frame, in memory that ends where the frame ends."""
    whole = {frame for flow in FLOWS for frame in flow}
    prefixes = sorted({frame[:length] for frame in whole for length in range(len(frame) + 1)})
    program = sanitized_program("tests/host/run/check_flow")
    text = "".join(f"{prefix.hex()}\n" for prefix in prefixes)
    done = subprocess.run([program], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(prefixes)
