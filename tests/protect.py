"""One program in many modes: what they share of a build is done once."""

from __future__ import annotations

from dataclasses import replace

from fpcc.pipeline import run_pipeline, run_stages
from fpcc.stages import STAGES
from fpcc.stages.state import Build, BuildOptions

_SHARED = "optimise"  # the last stage that is the same for every mode
_FIRST_OF_OWN = STAGES[STAGES.index(_SHARED) + 1]


def optimise(options: BuildOptions) -> Build:
    """The program before any mode has touched it."""
    return run_pipeline(options, until=_SHARED)


def protect(build: Build, mode: str, lowering: str) -> bytes:
    """The module file in that mode; raises what fpcc raises."""
    build = replace(build, options=replace(build.options, mode=mode, lowering=lowering))
    return run_stages(build, _FIRST_OF_OWN).module
