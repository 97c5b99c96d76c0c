"""The host that instructions are counted in.

It is fphost, but for one function: it does not ask whether the processor has MPX. So modules of lowering mpx
run where MPX is missing, and their bound checks, which do nothing there, are counted as instructions are.
"""

from __future__ import annotations

from pathlib import Path

from bench.peers.peer import run_command
from fpcc.paths import find_layout

STUB = Path(__file__).with_name("without_mpx.c")
REPLACED = "fp_mpx_prepare"
FLAGS = ("-std=gnu11", "-D_GNU_SOURCE", "-O2", "-g", "-pthread")
LIBRARIES = ("-ljansson", "-lpcap", "-ldl")


def build_counting_host(directory: Path) -> Path:
    """In the directory, unless it is there. Raises ToolError."""
    output = directory / "fphost"
    if output.exists():
        return output
    layout = find_layout()
    host = layout.include.parent / "host"
    without = [*host.glob("dpdk_*.c"), *host.glob("port_dpdk_[io]*.c")]  # it counts with packets from a pool
    sources = [STUB, *sorted({*host.rglob("*.c")} - {*without}), *sorted(host.glob("*.S"))]
    includes = (f"-I{layout.include}", f"-I{host}")
    command: list[str | Path] = ["gcc", *FLAGS, *includes, "-rdynamic", "-o", output, *sources]
    run_command([*command, f"-Wl,--wrap={REPLACED}", *LIBRARIES])
    return output
