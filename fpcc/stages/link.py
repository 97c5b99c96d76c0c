"""All sources and what they need of the module C library, as one closed module."""

from __future__ import annotations

from dataclasses import replace

from fpcc.abi import abi
from fpcc.library import pick_members
from fpcc.optimizer import link_modules
from fpcc.signatures import SIGNATURES
from fpcc.stages.state import Build
from passes.intrinsics import CHECKED_NAMES
from passes.modes import MODES
from passes.prepare import prepare_module

ENTRY_POINTS = tuple(SIGNATURES)


def run(build: Build) -> Build:
    """Links; again, once more of the library is asked for (`kept`)."""
    library, _ = pick_members(build.units, build.options.flags.cpu, build.kept)
    whole = link_modules([*build.units, *library])
    trap = abi().number("FP_TRAP_ABORT")
    return replace(build, ir=prepare_module(whole, ENTRY_POINTS, build.kept, trap))


def library_names(build: Build) -> set[str]:
    """What the module C library can give, less what the host does instead in this mode."""
    _, offered = pick_members((), build.options.flags.cpu)
    return offered - set(CHECKED_NAMES) if MODES[build.options.mode].hardened else offered


def link_more(build: Build, ir: str) -> Build | None:
    """Back to linking, with the library functions that `ir` has come to need; None if it has all."""
    declared = (line.partition("@")[2] for line in ir.splitlines() if line.startswith("declare "))
    missing = {name.partition("(")[0] for name in declared} & library_names(build) - build.kept
    return replace(build, kept=build.kept | missing, back_to="link") if missing else None
