"""Where in the source a violation is: best effort, from what the file says of itself, for people only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fpcc.errors import Position
from fpcc.line_table import locate_code
from fpcc.verifier.model import Violation


def place_violations(violations: tuple[Violation, ...], module: bytes) -> tuple[Violation, ...]:
    """The violations with function and source. Of a module that is not our own: bounded_places.py."""
    return tuple(_place(violation, module) for violation in violations)


def functions_of(violations: Iterable[Violation], module: bytes) -> set[str]:
    """The functions that violations are in, by their names in the source; one for all that was inlined."""
    frames = (locate_code(module, violation.address) for violation in violations)
    return {found[-1].function for found in frames if found and found[-1].function}


def describe_violations(violations: tuple[Violation, ...], module: bytes) -> str:
    """The first few, in a line."""
    placed = place_violations(violations[:5], module)
    return "; ".join(f"{v.rule}: {v.message}: {v.instruction} in {v.function} {v.source}" for v in placed)


def _place(violation: Violation, module: bytes) -> Violation:
    frames = locate_code(module, violation.address) if violation.address else ()
    if not frames:
        return violation
    where = frames[0].location
    source = str(Position(where.file, where.line)) if where.line else ""
    return replace(violation, function=frames[0].function, source=source)
