"""What the object file needs of the host; if it needs more of the library, that is linked in first."""

from __future__ import annotations

from dataclasses import replace

from fpcc.calls_out import refuse_undefined
from fpcc.compiler_calls import refuse_own_versions
from fpcc.module_link import undefined_symbols
from fpcc.stages.link import ENTRY_POINTS, link_more
from fpcc.stages.state import Build
from passes.modes import MODES


def run(build: Build) -> Build:
    """Raises FpccError for a name that nobody offers."""
    mode = MODES[build.options.mode]
    if mode.hardened:
        refuse_own_versions(build.assembly, build.units, build.kept, ENTRY_POINTS)
    needed = set(undefined_symbols(build.code))
    if more := link_more(build, needed):
        return more
    return replace(build, imports=refuse_undefined(needed, mode, build.facts))
