"""Where in the source a violation is: best effort, from what the file says of itself, for people only."""

from __future__ import annotations

from dataclasses import replace

from fpcc.errors import Position
from fpcc.line_table import locate_code
from fpcc.verifier.model import Violation
from fpcc.verifier.verdict import Verdict

SHOWN_MAX = 50


def place_verdict(verdict: Verdict, module: bytes) -> Verdict:
    """The verdict with function and source of its first violations, as far as the module tells."""
    first, rest = verdict.violations[:SHOWN_MAX], verdict.violations[SHOWN_MAX:]
    return replace(verdict, violations=(*place_violations(first, module), *rest))


def place_violations(violations: tuple[Violation, ...], module: bytes) -> tuple[Violation, ...]:
    """The same of all these violations."""
    return tuple(_place(violation, module) for violation in violations)


def _place(violation: Violation, module: bytes) -> Violation:
    frames = locate_code(module, violation.address) if violation.address else ()
    if not frames:
        return violation
    where = frames[0].location
    source = str(Position(where.file, where.line)) if where.line else ""
    return replace(violation, function=frames[0].function, source=source)
