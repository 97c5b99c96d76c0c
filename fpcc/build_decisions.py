"""The decisions of a build: what its plans say of each access, with the text of the sources."""

from __future__ import annotations

from fpcc.stages.state import Build
from passes.decide import decide
from passes.model import Decisions
from passes.modes import MODES


def make_decisions(build: Build) -> Decisions:
    """Of a protected program; its imports are not known yet. Raises what the sources are refused for."""
    options, facts, protected = build.options, build.facts, build.protected
    assert protected is not None
    decided = decide(protected.module, protected.plans, facts.expressions)
    decisions = Decisions(
        nf=options.name,
        mode=options.mode,
        lowering=options.lowering if MODES[options.mode].hardened else "none",
        sources=facts.sources,
        functions=decided.functions,
        accesses=decided.accesses,
        guards=decided.guards,
        moved_locals=decided.moved_locals,
    )
    return build.bounded.add_to(decisions, facts.expressions) if build.bounded else decisions
