"""What NF tests talk about: packets in, results out; and NFs built natively with sanitizers.

`NativeNf.run` and the models in `models/` share one shape, so a test compares any two runners.
"""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

DROP = 0xFFFF
STATUS = ("ran", "refused", "crashed")
SANITIZE = "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all".split()
STRICT = "-std=gnu11 -Wall -Wextra -Werror".split()


@dataclass(frozen=True)
class Packet:
    """A frame as it arrives; the timestamp in nanoseconds."""

    data: bytes
    timestamp: int = 1_000_000_000
    port: int = 0


@dataclass(frozen=True)
class Output:
    """A packet as it leaves: its gate, and its bytes."""

    gate: int
    data: bytes


@dataclass(frozen=True)
class Result:
    """One run of an NF: its outputs in order, its log (lines `LEVEL text`) and its counters."""

    outputs: list[Output]
    log: list[str] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)


class NfRefused(Exception):
    """init() refused the arguments; the message is its log."""


class NfCrashed(Exception):
    """The NF faulted or a sanitizer stopped it; the message is what it said."""


class NativeNf:
    """An NF compiled by the system's compiler with sanitizers, in a process of its own."""

    def __init__(self, source: Path, include: Path, work: Path) -> None:
        program = work / source.stem
        harness = Path(__file__).with_name("harness.c")
        compiler = os.environ.get("CC", "gcc")
        subprocess.run(
            [compiler, *SANITIZE, *STRICT, f"-I{include}", str(harness), str(source), "-o", str(program)],
            check=True,
        )
        self._stderr_path = work / f"{source.stem}.stderr"
        self._stderr = self._stderr_path.open("wb")
        self._process = subprocess.Popen(
            [str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"},
        )

    def run(self, packets: Sequence[Packet], args: bytes, batch: int = 32) -> Result:
        """Starts the NF on `args`, passes it the packets, `batch` in a call, and ends it."""
        assert self._process.stdin is not None
        said = self._stderr_path.stat().st_size
        self._process.stdin.write(encode_request(packets, args, batch))
        self._process.stdin.flush()
        status, result = self._read_answer()
        if status == "crashed":
            raise NfCrashed(self._stderr_path.read_bytes()[said:].decode(errors="replace"))
        if status == "refused":
            raise NfRefused("\n".join(result.log))
        return result

    def close(self) -> None:
        self._process.communicate()
        self._stderr.close()

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        if len(data) != size:
            raise NfCrashed(f"the harness ended: {self._stderr_path.read_text()}")
        return data

    def _read_number(self, form: str = "I") -> int:
        value: int = struct.unpack(f"<{form}", self._read(struct.calcsize(f"<{form}")))[0]
        return value

    def _read_counter(self) -> tuple[str, int]:
        return self._read(32).rstrip(b"\0").decode(), self._read_number("Q")

    def _read_answer(self) -> tuple[str, Result]:
        status = STATUS[self._read_number()]
        log = self._read(self._read_number()).decode(errors="replace").splitlines()
        counters = dict(self._read_counter() for _ in range(self._read_number()))
        count = self._read_number()
        outputs = [Output(self._read_number("H"), self._read(self._read_number())) for _ in range(count)]
        return status, Result(outputs, log, counters)


def encode_request(packets: Sequence[Packet], args: bytes, batch: int) -> bytes:
    """A request as harness.c documents it."""
    parts = [struct.pack("<I", len(args)), args, struct.pack("<II", batch, len(packets))]
    for packet in packets:
        parts += [struct.pack("<QHI", packet.timestamp, packet.port, len(packet.data)), packet.data]
    return b"".join(parts)
