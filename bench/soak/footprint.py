"""What the kernel says a process holds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Footprint:
    resident_kib: int  # page tables included: arenas are large and sparse
    address_space_kib: int
    descriptors: int
    threads: int


def measure_footprint(pid: int) -> Footprint:
    process = Path("/proc", str(pid))
    lines = (entry.split(":", 1) for entry in (process / "status").read_text().splitlines())
    status = {name: value.split() for name, value in lines}
    resident, tables, space = (int(status[name][0]) for name in ("VmRSS", "VmPTE", "VmSize"))
    descriptors, threads = (len(os.listdir(process / name)) for name in ("fd", "task"))
    return Footprint(resident + tables, space, descriptors, threads)
