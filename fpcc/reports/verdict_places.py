"""Where in the source a violation is: best effort, from what the file says of itself, for people only."""

from __future__ import annotations

from dataclasses import replace

from fpcc.errors import Position
from fpcc.line_table import locate_code
from fpcc.verifier.model import Violation


def place_violations(violations: tuple[Violation, ...], module: bytes) -> tuple[Violation, ...]:
    """The violations with function and source. Of a module that is not our own: bounded_places.py."""
    return tuple(_place(violation, module) for violation in violations)


def _place(violation: Violation, module: bytes) -> Violation:
    frames = locate_code(module, violation.address) if violation.address else ()
    if not frames:
        return violation
    where = frames[0].location
    source = str(Position(where.file, where.line)) if where.line else ""
    return replace(violation, function=frames[0].function, source=source)
