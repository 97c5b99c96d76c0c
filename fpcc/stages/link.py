"""All sources and what they need of the module C library, as one closed module."""

from __future__ import annotations

from collections.abc import Set
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


def link_more(build: Build, needed: Set[str]) -> Build | None:
    """Back to linking, with what of the library is needed and not there yet; None if that is nothing.

    What the host does instead of the library in this mode is not the library's to give.
    """
    _, offered = pick_members((), build.options.flags.cpu)
    if MODES[build.options.mode].hardened:
        offered -= set(CHECKED_NAMES)
    missing = needed & offered - build.kept
    return replace(build, kept=build.kept | missing, back_to="link") if missing else None


def declared_names(ir: str) -> set[str]:
    """The functions that a module declares only."""
    declared = (line.partition("@")[2] for line in ir.splitlines() if line.startswith("declare "))
    return {name.partition("(")[0] for name in declared}
