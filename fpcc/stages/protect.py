"""The passes: guards, module stack, closed calls, traps. Mode `none` leaves the IR as it is."""

from __future__ import annotations

from dataclasses import replace

from fpcc.protection import make_protection
from fpcc.refused import explain_refusals
from fpcc.stages.state import Build
from passes.model import RefusedError
from passes.modes import MODES
from passes.protect import protect_module


def run(build: Build) -> Build:
    """The protected program. Raises FpccError with all that is refused."""
    options = build.options
    protection = make_protection(MODES[options.mode], options.lowering, options.flags.cpu)
    try:
        return replace(build, protected=protect_module(build.optimised, protection, build.insisted))
    except RefusedError as error:
        raise explain_refusals(error, build.facts) from error
