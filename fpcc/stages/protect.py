"""The passes: guards, module stack, closed calls, traps. Mode `none` leaves the IR as it is."""

from __future__ import annotations

from dataclasses import replace

from fpcc.protection import make_protection
from fpcc.refused import explain_refusals
from fpcc.stages.state import Build
from passes.decide import decide
from passes.model import Decisions, RefusedError
from passes.modes import MODES
from passes.protect import protect_module


def run(build: Build) -> Build:
    """The protected program and its decisions. Raises FpccError with all that is refused."""
    options, facts = build.options, build.facts
    protection = make_protection(MODES[options.mode], options.lowering, options.flags.cpu)
    try:
        protected = protect_module(build.optimised, protection, build.insisted)
    except RefusedError as error:
        raise explain_refusals(error, facts) from error
    decided = decide(protected.module, protected.plans, facts.expressions)
    decisions = Decisions(
        nf=options.name,
        mode=options.mode,
        lowering=options.lowering if protection.mode.hardened else "none",
        sources=facts.sources,
        functions=decided.functions,
        accesses=decided.accesses,
        guards=decided.guards,
        moved_locals=decided.moved_locals,
    )
    if build.bounded is not None:
        decisions = build.bounded.add_to(decisions, facts.expressions)
    return replace(build, ir=protected.text, decisions=decisions)
