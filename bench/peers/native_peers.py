"""Peers that are the unchanged C source, compiled natively: none, gcc, asan, bounds."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.peers.peer import DriverPart, Peer, run_command
from fpcc.benchmark.contest import AGAIN, REFERENCE
from fpcc.paths import include_dir
from fpcc.toolchain import TRIPLE, header_flags, link, zig_program

CPU = "x86-64-v3"
OPTIMISED = ("-O2", f"-march={CPU}", "-fPIC")
BOUNDS = ("-fsanitize=bounds,object-size", "-fsanitize-trap=all")
ASAN = "-fsanitize=address"


def _find_gcc() -> str:
    return "" if shutil.which("gcc") else "gcc is missing (Debian: apt-get install gcc)"


def _find_asan() -> str:
    missing = _find_gcc()
    if missing:
        return missing
    library = run_command(["gcc", "-print-file-name=libasan.so"]).strip()
    return "" if Path(library).is_absolute() else "gcc has no libasan (Debian: apt-get install libgcc-12-dev)"


def clang_flags() -> tuple[str, ...]:
    return ("-target", TRIPLE, *header_flags(), *OPTIMISED)


def _by_clang(source: Path, directory: Path, name: str, flags: tuple[str, ...] = ()) -> Path:
    """By the clang that fpcc uses, with its headers; what it calls is the driver's and the C library's."""
    part, output = directory / f"{name}.o", directory / f"{name}.so"
    run_command([zig_program(), "clang", *clang_flags(), *flags, "-c", "-o", part, source])
    link([part], output, ["-shared"])
    return output


def _by_gcc(source: Path, directory: Path, name: str, flags: tuple[str, ...] = ()) -> Path:
    output = directory / f"{name}.so"
    run_command(["gcc", *OPTIMISED, *flags, "-shared", f"-I{include_dir()}", "-o", output, source])
    return output


NATIVE = (
    Peer("gcc", "native", _find_gcc, lambda source, to: _by_gcc(source, to, "gcc")),
    Peer("bounds", "native", lambda: "", lambda source, to: _by_clang(source, to, "bounds", BOUNDS)),
    Peer(
        "asan",
        "native",
        _find_asan,
        lambda source, to: _by_gcc(source, to, "asan", (ASAN,)),
        driver=DriverPart(
            flags=lambda: (ASAN,),
            process="asan",
            environment={"ASAN_OPTIONS": "detect_leaks=0"},
        ),
    ),
)


HOT = f"{REFERENCE}, hot packets"
# What ratios are relative to, all the same object: their kinds.
REFERENCES = {REFERENCE: "native", AGAIN: "native", HOT: "native-hot"}


def build_reference(source: Path, directory: Path) -> Path:
    """What all others are compared with: the C source without any protection."""
    return _by_clang(source, directory, "none")
