"""The last word: the finished module's machine code, read by what knows nothing of the passes."""

from __future__ import annotations

from dataclasses import replace

from fpcc.errors import InputError
from fpcc.judges import verify
from fpcc.reports.verdict_places import describe_violations, functions_of
from fpcc.stages.state import Build
from passes.modes import MODES

_EVERYTHING = ("", "")  # every access of every function is insisted on


def run(build: Build) -> Build:
    """Raises InputError for a module that cannot be proved.

    Guards that code generation has moved beyond what can be proved are planned anew, one for each access: in
    the functions concerned, and if that does not help, everywhere.
    """
    if not MODES[build.options.mode].hardened:
        return build
    violations = build.begun.judges.submit(verify, build.module).result()
    if not violations:
        return build
    insisted = build.insisted | {(f"@{name}", "") for name in functions_of(violations, build.module)}
    if insisted == build.insisted:
        insisted |= {_EVERYTHING}
    if insisted == build.insisted or {violation.rule for violation in violations} != {"guard"}:
        raise InputError(f"the verifier refuses the module: {describe_violations(violations, build.module)}")
    return replace(build, insisted=insisted, back_to="protect")
