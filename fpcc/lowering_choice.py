"""Which lowerings this machine can run, and which of them `auto` stands for."""

from __future__ import annotations

import platform

from fpcc.abi import abi
from fpcc.doctor_host import read_cpu_flags
from passes.lower.registry import LOWERINGS

AUTO = "auto"


def choose_lowering(wanted: str) -> str:
    """`wanted`, or what `auto` means here.

    Segment needs an x86-64 Linux: where the kernel does not let programs write gs (FSGSBASE), the host asks
    it to by arch_prctl. On another machine nothing can be tried out, and compare runs anywhere. Mpx is never
    chosen: it costs more than segment, and a module is to run on more machines than the one it is built on.
    """
    if wanted != AUTO:
        return wanted
    is_native = platform.system() == "Linux" and platform.machine() == "x86_64"
    return "segment" if is_native else "compare"


def runnable_lowerings() -> tuple[str, ...]:
    """The lowerings whose modules this machine's processor can run."""
    required = {name: make(abi().numbers).requires for name, make in LOWERINGS.items()}
    flags = read_cpu_flags() if any(required.values()) else frozenset()
    return tuple(name for name, feature in required.items() if not feature or feature in flags)
