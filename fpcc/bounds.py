"""Mode `pointer`: the linked program optimised, given bounds (passes/bounds/), linked with the code of the
bounds table (runtime/module/bounds*.c), and optimised again: what nobody needs of the bounds goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from fpcc.abi import abi
from fpcc.flags import CompileFlags
from fpcc.library import pick_members
from fpcc.optimizer import link_modules, optimise
from passes.bounds.counted import COUNTED_DECLARATIONS
from passes.bounds.exempt import pin_exempt
from passes.bounds.instrument import Request, instrument_module
from passes.bounds.runtime import DECLARATIONS, define_fault
from passes.decide import Expressions
from passes.lower.registry import LOWERINGS
from passes.model import Check, Decisions, Site
from passes.prepare import prepare_module


@dataclass(frozen=True)
class Bounded:
    """An optimised program with bounds, and what reports say of it."""

    ir: str
    checks: tuple[Check, ...]
    sites: tuple[Site, ...]

    def add_to(self, decisions: Decisions, expressions: Expressions) -> Decisions:
        """The decisions with all that is known of bounds, and the source text behind each check."""
        checks = tuple(
            replace(c, expression=expressions.get((c.location.file, c.location.line, c.location.column), ""))
            for c in self.checks
        )
        return replace(decisions, checks=checks, sites=self.sites)


@dataclass(frozen=True)
class Wanted:
    """What is asked for: `entries` and `kept` stay visible to the linker."""

    flags: CompileFlags
    entries: Collection[str]
    kept: Collection[str]
    lowering: str
    counts: bool  # what it does for each packet


def add_bounds(linked: str, wanted: Wanted) -> Bounded:
    """The program in `linked` with bounds. Raises RefusedError."""
    flags, lowering = wanted.flags, LOWERINGS[wanted.lowering](abi().numbers).with_bounds()
    before = optimise(
        pin_exempt(linked), flags.level, flags.cpu, pairs=False
    )  # pairs of pointers stay pointers
    instrumented = instrument_module(before, Request(wanted.entries, lowering.confines, wanted.counts))
    used = "\n".join([*DECLARATIONS, *COUNTED_DECLARATIONS])
    table = [lowering.bounds_table] if lowering.bounds_table else []
    members, _ = pick_members((used, *table), flags.cpu)
    whole = link_modules([instrumented.text, *table, *members])
    closed = prepare_module(whole, wanted.entries, wanted.kept, abi().number("FP_TRAP_ABORT"))
    ir = define_fault(optimise(closed, flags.level, flags.cpu), abi().number("FP_TRAP_BOUNDS"))
    return Bounded(ir, instrumented.checks, instrumented.sites)
