"""The example NFs as modules that fpcc built, run by fphost: the second runner beside NativeNf."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fpcc.paths import host_program
from tests.emulator import words_for
from tests.nfs.capture_file import read_capture, write_capture
from tests.nfs.driver import DROP, Output, Packet


@dataclass(frozen=True)
class Survivors:
    """What a capture of the surviving packets and the host's counts tell of a run."""

    frames: list[bytes]
    gates: dict[int, int]  # packets by gate

    @classmethod
    def of(cls, outputs: Sequence[Output]) -> Survivors:
        """The same of a model's outputs."""
        kept = [output for output in outputs if output.gate != DROP]
        gates = {
            gate: sum(output.gate == gate for output in kept) for gate in {output.gate for output in kept}
        }
        return cls([output.data for output in kept], gates)


class NfFaulted(Exception):
    """The module faulted, or the host refused to run it; the message is what the host said."""


def run_module(module: Path, packets: Sequence[Packet], args: str, work: Path) -> Survivors:
    """Runs the module, protected or not, over the packets; files go to `work`."""
    capture_in, capture_out, args_file = work / "in.pcap", work / "out.pcap", work / "args"
    write_capture(capture_in, packets)
    args_file.write_bytes(args.encode())
    node = {"name": "nf", "module": str(module), "args": str(args_file), "policy": "drop"}
    config = {
        "input": {"type": "pcap", "path": str(capture_in)},
        "output": {"type": "pcap", "path": str(capture_out)},
        "chain": [node],
        "allow_unprotected": True,
        "allow_unverified": True,
    }
    command = [*words_for(host_program(), module), "run", "-"]
    done = subprocess.run(command, input=json.dumps(config), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NfFaulted(done.stdout + done.stderr)
    node_counts = find_counts(done.stdout)
    if node_counts["faults"]:
        raise NfFaulted(done.stdout)
    gates = {int(gate): count for gate, count in node_counts["gates"].items()}
    return Survivors([packet.data for packet in read_capture(capture_out)], gates)


def find_counts(events: str) -> dict[str, Any]:
    """The counts of the only node, from the host's last event."""
    done = [event for line in events.splitlines() if (event := json.loads(line))["event"] == "done"]
    counts: dict[str, Any] = done[0]["nodes"][0]
    return counts
