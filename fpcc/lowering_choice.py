"""Which lowering `auto` stands for: the best that the machine it is asked on can run."""

from __future__ import annotations

import platform

AUTO = "auto"


def choose_lowering(wanted: str) -> str:
    """`wanted`, or what `auto` means here.

    Segment needs an x86-64 Linux: where the kernel does not let programs write gs (FSGSBASE), the host asks
    it to by arch_prctl. On another machine nothing can be tried out, and compare runs anywhere.
    """
    if wanted != AUTO:
        return wanted
    is_native = platform.system() == "Linux" and platform.machine() == "x86_64"
    return "segment" if is_native else "compare"
