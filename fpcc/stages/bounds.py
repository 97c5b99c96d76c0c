"""Mode `pointer`: bounds beside pointers, and checks. All others leave the program as it is."""

from __future__ import annotations

from dataclasses import replace

from fpcc.refused import explain_refusals
from fpcc.stages.link import ENTRY_POINTS, declared_names, link_more
from fpcc.stages.state import Build
from passes.model import RefusedError
from passes.modes import MODES


def run(build: Build) -> Build:
    """The optimised program with its bounds. Raises FpccError."""
    options = build.options
    if not MODES[options.mode].bounded:
        return build
    from fpcc.bounds import Wanted, add_bounds  # only this mode loads it

    wanted = Wanted(options.flags, ENTRY_POINTS, build.kept, options.lowering, options.count_bounds)
    try:
        bounded = add_bounds(build.ir, wanted)
    except RefusedError as error:
        raise explain_refusals(error, build.facts) from error
    return link_more(build, declared_names(bounded.ir)) or replace(
        build, optimised=bounded.ir, bounded=bounded
    )
