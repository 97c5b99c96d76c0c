"""macswap between two devices that cost nothing, through `fphost serve`, beside DPDK's own test program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.dpdk_macswap import VARIANTS, make_runners, measure, run_serve
from bench.host.figure import BATCH, Figure, Modules
from bench.testpmd import PROGRAM
from fpcc.benchmark.interval import median_interval
from fpcc.paths import host_program

ROUNDS = 9
SECONDS = 1.0


def between_devices(modules: Modules) -> list[Figure]:
    """Packets per second of processor time, as a part of testpmd's in the same round."""
    del modules  # it builds those of its own, in several modes
    if missing := _find_missing():
        print(f"bench: left out, macswap between two devices of DPDK: {missing}", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        speeds = measure(make_runners(Path(name), BATCH, SECONDS, run_serve), ROUNDS)
    found = []
    for variant in VARIANTS:
        pairs = zip(speeds[variant.name], speeds[PROGRAM], strict=True)
        ratio = median_interval([ours.per_core / theirs.per_core for ours, theirs in pairs]).median
        what = f"macswap between devices of DPDK, {variant.name}"
        found.append(Figure(what, ratio, "of testpmd's", "≥ 1.0", ratio >= 1))
    return found


def _find_missing() -> str | None:
    """Why there is nothing to measure."""
    said = subprocess.run([host_program(), "selftest"], capture_output=True, text=True, check=True).stdout
    missing: str | None = json.loads(said)["no_dpdk"]
    return missing or (None if shutil.which(PROGRAM) else f"no {PROGRAM}; Debian: apt-get install dpdk-dev")
