"""How long `fpcc build` takes against `clang -O2` alone: whole processes, turn by turn."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from fpcc.benchmark.variants import BuildFailed, Source, Variant, build_command
from fpcc.flags import parse_flags
from fpcc.toolchain import parse_arguments, zig_program

ROUNDS = 3


@dataclass(frozen=True)
class BuildTime:
    """Seconds, medians; the ratios are medians of each pair's own."""

    mode: str
    lowering: str
    wall_seconds: float
    cpu_seconds: float
    clang_wall_seconds: float
    clang_cpu_seconds: float
    wall_ratio: float
    cpu_ratio: float
    rounds: int


@dataclass(frozen=True)
class _Took:
    wall: float
    cpu: float


def time_build(source: Source, variant: Variant, rounds: int = ROUNDS) -> BuildTime:
    """Raises BuildFailed. What the first build leaves in caches (the module C library) is not measured."""
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        directory = Path(name)
        build = build_command(source, variant, directory / "timed.fpm")
        clang = clang_command(source)
        _time(build, Path.cwd())
        pairs = [(_time(build, Path.cwd()), _time(clang, directory)) for _ in range(rounds)]
    return BuildTime(
        mode=variant.mode,
        lowering=variant.lowering,
        wall_seconds=median(ours.wall for ours, _ in pairs),
        cpu_seconds=median(ours.cpu for ours, _ in pairs),
        clang_wall_seconds=median(theirs.wall for _, theirs in pairs),
        clang_cpu_seconds=median(theirs.cpu for _, theirs in pairs),
        wall_ratio=median(ours.wall / theirs.wall for ours, theirs in pairs),
        cpu_ratio=median(ours.cpu / theirs.cpu for ours, theirs in pairs),
        rounds=rounds,
    )


def clang_command(source: Source) -> list[str]:
    """The same sources to object files in the working directory, by clang alone."""
    given = _absolute_flags(source.flags)
    flags = parse_arguments(parse_flags(given))
    files = [str(file.absolute()) for file in source.files]
    return [str(zig_program()), "clang", *flags, "-O2", "-gline-tables-only", "-w", "-c", *files]


def _absolute_flags(flags: Sequence[str]) -> list[str]:
    """Clang runs elsewhere, so that its objects go there: include paths must hold from there."""
    joined = ("-I", "-isystem", "-include")
    found: list[str] = []
    for flag in flags:
        prefix = next((p for p in joined if flag.startswith(p) and flag != p), "")
        follows = bool(found) and found[-1] in joined
        path = flag if follows else flag.removeprefix(prefix)
        found.append(f"{'' if follows else prefix}{Path(path).absolute()}" if follows or prefix else flag)
    return found


def _time(command: Sequence[str], directory: Path) -> _Took:
    """CPU time is of the process and all it started and waited for. Python may keep what it compiles of fpcc,
    as it does unless told otherwise."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise BuildFailed(said.read().decode(errors="replace").strip())
    return _Took(wall, usage.ru_utime + usage.ru_stime)
