"""The argument files and the capture that ship with the examples."""

from __future__ import annotations

from pathlib import Path

from tests.nfs.capture_file import read_capture
from tests.nfs.driver import Packet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ARGUMENT_FILES = {
    path.stem: path for path in sorted((EXAMPLES / "nfs" / "args").iterdir()) if path.suffix != ".py"
}
CAPTURE = EXAMPLES / "traffic" / "demo.pcap"


def shipped_args(nf: str) -> str:
    """The argument file of an NF; empty for one that takes none."""
    return ARGUMENT_FILES[nf].read_text(encoding="ascii") if nf in ARGUMENT_FILES else ""


def shipped_packets() -> list[Packet]:
    return read_capture(CAPTURE)
