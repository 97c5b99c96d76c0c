"""Locals reached through a choice of addresses, which protection could not keep native, to registers."""

from __future__ import annotations

from dataclasses import replace

from fpcc.optimizer import promote_locals
from fpcc.stages.link import declared_names, link_more
from fpcc.stages.state import Build
from passes.modes import MODES
from passes.untangle import untangle


def run(build: Build) -> Build:
    """Changes optimised programs only, and none in modes that leave locals where they are."""
    mode, flags = MODES[build.options.mode], build.options.flags
    if not mode.hardened or mode.bounded or flags.level == "0":
        return build
    ir = untangle(build.optimised)
    if ir == build.optimised:
        return build
    ir = promote_locals(ir, flags.cpu)
    return link_more(build, declared_names(ir)) or replace(build, optimised=ir)
