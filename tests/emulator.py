"""How fphost is started for a module: as it is, or under qemu where the processor lacks what it requires."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fpcc.abi import abi
from fpcc.doctor_host import read_cpu_flags
from fpcc.module_file import read_module
from passes.lower.registry import LOWERINGS
from passes.modes import MODES

QEMU = ("qemu-x86_64", "-cpu", "max")
EVERYTHING = "FASTPAAS_EMULATE_ALL"  # the variable that asks for all that can run under qemu, not just a part


def is_emulated(lowering: str) -> bool:
    """Whether the processor lacks what modules of a lowering require."""
    required = _requires(lowering)
    return bool(required) and required not in read_cpu_flags()


def protections() -> list[tuple[str, str]]:
    """The modes that protect with the lowerings: where a run takes an emulator, `rw` stands for all modes.

    A quarter of a second a run, as qemu takes, is too much for all of them; see EVERYTHING.
    """
    modes = [name for name, mode in MODES.items() if mode.hardened]
    found = [(mode, lowering) for mode in modes for lowering in LOWERINGS]
    return [p for p in found if EVERYTHING in os.environ or p[0] == "rw" or not is_emulated(p[1])]


def host_words(program: Path, lowering: str, **environment: str) -> list[str]:
    """The words that start fphost, in this environment, for modules of a lowering.

    Skips the test where neither the processor nor an emulator can run them.
    """
    variables = [f"{name}={value}" for name, value in environment.items()]
    if not is_emulated(lowering):
        return ["env", *variables, str(program)]
    if missing := why_not(program, lowering):
        pytest.skip(missing)
    return [*QEMU, *(word for variable in variables for word in ("-E", variable)), str(program)]


def words_for(program: Path, module: Path, **environment: str) -> list[str]:
    """The same, for this module."""
    return host_words(program, read_module(module).manifest.lowering, **environment)


def why_not(program: Path, lowering: str) -> str:
    """What keeps modules of a lowering from running, here or under qemu; "" if nothing does."""
    reason = _why_not_emulated(program) if is_emulated(lowering) else ""
    return f"this processor has no {_requires(lowering)}, and {reason}" if reason else ""


@functools.cache
def _why_not_emulated(program: Path) -> str:
    if shutil.which(QEMU[0]) is None:
        return "qemu-x86_64 is not there (Debian: apt-get install qemu-user)"
    done = subprocess.run([*QEMU, program, "selftest"], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"fphost does not run under qemu-x86_64: {done.stdout}{done.stderr}"
    missing = json.loads(done.stdout)["no_mpx"]
    return f"qemu-x86_64 does not help: {missing}" if missing else ""


def _requires(lowering: str) -> str:
    return LOWERINGS[lowering](abi().numbers).requires if lowering in LOWERINGS else ""
