"""`make soak`: ten minutes, or SOAK_SECONDS, of everything at once; then a table, or what went wrong.

SOAK_SEED makes the same choices again.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from random import SystemRandom

from bench.markdown import make_table
from bench.soak.drift import ALLOWED_KIB
from bench.soak.materials import gather
from bench.soak.run import Pace, Record, SoakFailed, soak
from fpcc.paths import host_program

HOUR = 3_600_000_000  # packets: an hour at a million a second


def main() -> int:
    """The exit status."""
    seconds = float(os.environ.get("SOAK_SECONDS") or 600)
    seed = int(os.environ.get("SOAK_SEED") or SystemRandom().randrange(1 << 32))
    print(f"{seconds:.0f} seconds, SOAK_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="fpcc-soak-") as name, gather(Path(name), seed) as materials:
        end = time.monotonic() + seconds
        try:
            record = soak(host_program(), materials, seed, Pace(lambda _: time.monotonic() > end))
        except SoakFailed as failed:
            print(f"SOAK_SEED={seed}: {failed}", file=sys.stderr)
            return 1
    print(make_table(["what", "how much"], describe(record)), end="")
    return 0


def describe(record: Record) -> list[list[str]]:
    """The rows of the table."""
    first, last = record.at_rest[0][1], record.at_rest[-1][1]
    seconds, drift = record.at_rest[-1][0], record.drift
    moved = (
        f"{drift.rise:+,.0f} ± {drift.error:,.0f} KiB; allowed {ALLOWED_KIB:,}"
        if drift
        else "too short to tell"
    )
    counted = [
        ["seconds", f"{seconds:,.0f}"],
        ["packets", f"{record.packets:,}"],
        ["of an hour at a million a second", f"{record.packets / HOUR:.1%}"],
        ["packets unaccounted for", "0"],
        ["times at rest, where all was counted", f"{len(record.at_rest):,}"],
        *([f"requests: {name.replace('_', ' ')}", f"{count:,}"] for name, count in record.deeds.items()),
        ["requests refused, as they had to be", f"{record.refused:,}"],
        *([f"events: {kind}", f"{count:,}"] for kind, count in record.events.items()),
        ["memory at rest, first and last", f"{first.resident_kib:,} and {last.resident_kib:,} KiB"],
        ["memory, fitted line after warm-up", moved],
        ["descriptors and threads, at each rest", f"{last.descriptors} and {last.threads}"],
    ]
    return counted


if __name__ == "__main__":
    sys.exit(main())
