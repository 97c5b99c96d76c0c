"""Runs the stages of a build (fpcc/stages/), all of them or as far as tests and tools want to go."""

from __future__ import annotations

from dataclasses import replace

from fpcc.early_compile import Begun, begin
from fpcc.errors import InternalError
from fpcc.judges import judges_in_this_process
from fpcc.stages import STAGES, load_stage
from fpcc.stages.state import Build, BuildOptions, Reading
from passes.ir.lexer import IRSyntaxError


def run_pipeline(options: BuildOptions, until: str = "verify", begun: Begun | None = None) -> Build:
    """Runs the stages up to and with `until`; `begun` is from begin(). Raises FpccError."""
    begun = begun or begin(options.sources, options.flags, judges_in_this_process())
    return run_stages(Build(options, begun, Reading(options)), STAGES[0], until)


def run_stages(build: Build, first: str, last: str = "verify") -> Build:
    """The stages from `first` to `last`, some of them again where a later one asks for it."""
    at = STAGES.index(first)
    while at <= STAGES.index(last):
        build = _run_stage(STAGES[at], build)
        at = STAGES.index(build.back_to) if build.back_to else at + 1
        build = replace(build, back_to="")
    return build


def _run_stage(name: str, build: Build) -> Build:
    """What a source that clang accepts is refused for is said first: no later stage need make sense of it."""
    try:
        return load_stage(name)(build)
    except Exception as error:
        if build.units:
            assert build.facts
        if isinstance(error, IRSyntaxError):
            raise InternalError(name, str(error)) from error
        raise
