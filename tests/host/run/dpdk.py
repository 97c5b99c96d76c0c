"""Devices of DPDK for tests; those are skipped, aloud, where fphost was built without DPDK."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest


def require_dpdk(program: Path) -> None:
    """Skips the test, saying why, unless `program` has the port of DPDK."""
    done = subprocess.run([program, "selftest"], capture_output=True, text=True, check=True)
    if missing := json.loads(done.stdout)["no_dpdk"]:
        pytest.skip(f"no DPDK: {missing}")


def device(name: str, **options: object) -> dict[str, object]:
    """The configuration of an input or output."""
    return {"type": "dpdk", "device": name, **options}
