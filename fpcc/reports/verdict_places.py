"""Where in the source a violation is: best effort, from what the file says of itself, for people only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fpcc.errors import Position
from fpcc.inline_frames import Frame
from fpcc.line_table import locate_code
from fpcc.verifier.model import Violation


def place_violations(violations: tuple[Violation, ...], module: bytes) -> tuple[Violation, ...]:
    """The violations with function and source. Of a module that is not our own: bounded_places.py."""
    places = _locate(violations, module)
    return tuple(_place(violation, frames) for violation, frames in zip(violations, places, strict=True))


def functions_of(violations: Iterable[Violation], module: bytes) -> set[str]:
    """The functions that violations are in, by their names in the source; one for all that was inlined."""
    places = _locate(violations, module)
    return {frames[-1].function for frames in places if frames and frames[-1].function}


def describe_violations(violations: tuple[Violation, ...], module: bytes) -> str:
    """The first few, in a line."""
    placed = place_violations(violations[:5], module)
    return "; ".join(f"{v.rule}: {v.message}: {v.instruction} in {v.function} {v.source}" for v in placed)


def _locate(violations: Iterable[Violation], module: bytes) -> list[tuple[Frame, ...]]:
    return locate_code(module, [violation.address for violation in violations])


def _place(violation: Violation, frames: Sequence[Frame]) -> Violation:
    if not frames or not violation.address:
        return violation
    where = frames[0].location
    source = str(Position(where.file, where.line)) if where.line else ""
    return replace(violation, function=frames[0].function, source=source)
