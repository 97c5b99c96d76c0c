"""Instructions a packet of our modules, counted by `valgrind --tool=callgrind`: the same on each machine.

Counted is fp_call_process() of fphost, over the second and third pass of a capture: tables are filled then.
What an NF that does nothing needs, which is handing over batches, is taken off.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.examples import Example
from bench.figure.counting_host import build_counting_host
from bench.peers.figures import Skipped
from bench.traffic import write_traffic
from fpcc.benchmark.contest import BUDGET_US, PACKETS
from fpcc.benchmark.variants import BASELINE, Source, Variant, build_variants
from fpcc.errors import ToolError
from fpcc.host_process import REFUSED
from fpcc.run_plan import Node, RunPlan

ENTRY = "fp_call_process"
IDLE = "#include <fastpaas/nf.h>\n\nvoid process(struct fp_batch *batch)\n{\n\t(void)batch;\n}\n"
PASSES = (1, 3)  # whose counts are subtracted
_COLLECTED = re.compile(r"^==\d+== Collected : (\d+)$", re.MULTILINE)
_TOOLS_OWN = re.compile(r"^==\d+==.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Count:
    """Instructions a packet of one of our builds of an NF."""

    nf: str
    peer: str
    instructions: float


@dataclass(frozen=True)
class _Counted:
    """What runs under callgrind: the module, on which packets."""

    module: Path
    capture: Path
    args: Path | None
    host: Path


class HostRefused(ToolError):
    """fphost does not run the module on this machine."""


def find_callgrind() -> str:
    """What is missing and how to get it, "" if nothing."""
    missing = [tool for tool in ("valgrind", "gcc") if not shutil.which(tool)]
    return f"{missing[0]} is missing (Debian: apt-get install {missing[0]})" if missing else ""


def count_instructions(example: Example, variants: Sequence[Variant]) -> list[Count | Skipped]:
    """Of each build, the unprotected one among them. Raises BuildFailed, ToolError.

    Those of lowering mpx, too: valgrind takes its instructions for ones that do nothing, and counts them.
    """
    if missing := find_callgrind():
        return [Skipped(example.name, variant.name, missing) for variant in variants]
    with tempfile.TemporaryDirectory(prefix="fpcc-count-") as name:
        return list(_count_all(example, variants, Path(name)))


def _count_all(example: Example, variants: Sequence[Variant], directory: Path) -> Iterator[Count | Skipped]:
    capture, idle = directory / "traffic.pcap", directory / "idle.c"
    write_traffic(example.source, example.args, capture)
    idle.write_text(IDLE)
    host = build_counting_host(directory)
    nothing = build_variants(Source((idle,)), [BASELINE], directory / "idle")[BASELINE]
    handing_over = _count(_Counted(nothing, capture, None, host), directory)
    modules = build_variants(Source((example.source,)), variants, directory / "built")
    for variant, module in modules.items():
        try:
            counted = _count(_Counted(module, capture, example.args, host), directory) - handing_over
        except HostRefused as refused:
            yield Skipped(example.name, variant.name, refused.said)
        else:
            yield Count(example.name, variant.name, counted)


def _count(counted: _Counted, directory: Path) -> float:
    """A packet's instructions once the first pass is over, the host's own part among them."""
    few, many = (_run(counted, passes * PACKETS, directory) for passes in PASSES)
    return (many - few) / ((PASSES[1] - PASSES[0]) * PACKETS)


def _run(counted: _Counted, packets: int, directory: Path) -> int:
    """All instructions in ENTRY. Raises HostRefused, ToolError."""
    configuration = directory / "run.json"
    configuration.write_text(json.dumps(_plan(counted, packets).to_host({})))
    tool = ("valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", f"--toggle-collect={ENTRY}")
    words = [*tool, str(counted.host), "run", str(configuration)]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    said = _TOOLS_OWN.sub("", done.stderr).strip().removeprefix("fphost: ")
    if done.returncode:
        failure = HostRefused if done.returncode == REFUSED else ToolError
        raise failure(words, said, done.returncode)
    found = _COLLECTED.search(done.stderr)
    if not found or any(json.loads(line)["event"] == "fault" for line in done.stdout.splitlines()):
        raise ToolError(words, f"no count of instructions\n{done.stderr}\n{done.stdout}")
    return int(found[1])


def _plan(counted: _Counted, packets: int) -> RunPlan:
    """The build is fpcc's own, verified when it was made: it may go as a path."""
    traffic = {"type": "pool", "count": PACKETS, "pcap": str(counted.capture), "packets": packets}
    node = Node("counted", counted.module, counted.args, {"budget_us": BUDGET_US})
    return RunPlan(traffic, {"type": "null"}, (node,), allow_unprotected=True, allow_unverified=True)
