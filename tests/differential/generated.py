"""Random C programs, built natively by gcc and as network functions in every mode, and run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpcc.flags import parse_flags
from fpcc.stages.state import Build, BuildOptions
from tests import protect
from tests.emulator import protections, why_not, words_for
from tests.host.run.runner import chain, node, pool, run_host

HERE = Path(__file__).parent / "runtime"
HEADERS = Path("/usr/include/csmith")  # Debian's libcsmith-dev
BUDGET_US = 300_000  # of one program without protection

# Kinds of program; seeds go round them.
SHAPES: Sequence[Sequence[str]] = (
    ("--max-funcs", "4", "--max-block-depth", "3"),
    ("--max-funcs", "3", "--max-pointer-depth", "5", "--max-array-dim", "2"),
    ("--max-funcs", "4", "--float", "--no-bitfields"),
    ("--max-funcs", "3", "--max-struct-fields", "6", "--max-union-fields", "3", "--packed-struct"),
    ("--max-funcs", "3", "--builtins", "--max-expr-complexity", "16", "--max-block-depth", "2"),
    ("--max-funcs", "6", "--max-array-len-per-dim", "20", "--max-block-size", "3"),
)
# Programs with floats mix pointer types, and both compilers shall take that alike.
_FLAGS = ("-w", "-Wno-incompatible-pointer-types", "-fno-strict-aliasing", "-ffp-contract=off")
_FLAGS += ("-march=x86-64-v3", f"-I{HERE}", f"-I{HEADERS}")
LEVELS = ("-O2", "-O1", "-O3", "-O0", "-Os")


@dataclass(frozen=True)
class Result:
    """What a program reports at its end."""

    checksum: int
    reported: int


class OverBudget(Exception):
    """The program does not end in time, or at all."""


class Faulted(Exception):
    """The program was stopped, or refused: the kind of fault, and all the host said of it."""


def generate(seed: int, directory: Path) -> Path:
    """The program of that seed."""
    source = directory / f"generated{seed}.c"
    shape = SHAPES[seed % len(SHAPES)]
    command = ["csmith", "--seed", str(seed), "--concise", "--no-argc", *shape, "-o", str(source)]
    subprocess.run(command, cwd=directory, check=True, capture_output=True)
    return source


def run_natively(source: Path, level: str) -> Result:
    """By gcc, as an ordinary program."""
    program = source.with_suffix(".native")
    subprocess.run(["gcc", level, *_FLAGS, source, HERE / "native.c", "-o", program], check=True)
    checksum, reported = subprocess.run([program], check=True, capture_output=True).stdout.split()
    return Result(int(checksum), int(reported))


def optimise(source: Path, level: str) -> Build:
    """The network function before any mode has touched it."""
    options = BuildOptions((source, HERE / "nf.c"), "generated", flags=parse_flags((level, *_FLAGS)))
    return protect.optimise(options)


def variants(fphost: Path) -> list[tuple[str, str]]:
    """The modes with the lowerings that can run here."""
    return [(mode, lowering) for mode, lowering in protections() if not why_not(fphost, lowering)]


def run_module(fphost: Path, module: Path, budget_us: int) -> Result:
    """One call of the module; raises OverBudget or Faulted."""
    config = chain(node(module, budget_us=budget_us), input=pool(1, 1))
    outcome = run_host(words_for(fphost, module), "run", config)
    for fault in outcome.all("fault"):
        raise OverBudget if fault["kind"] == "time budget" else Faulted(fault["kind"], json.dumps(fault))
    if not outcome.all("counters"):
        raise Faulted("refused", outcome.stderr)
    counters = outcome.counters()
    return Result(counters["checksum"], counters["reported"])
