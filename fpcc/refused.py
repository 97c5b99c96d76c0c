"""Refusals of the passes, in the words and form of source errors."""

from __future__ import annotations

from fpcc.calls_out import source_line
from fpcc.errors import FpccError, InputError, Position, SourceError, SourceErrors
from fpcc.frontend import Facts
from passes.model import Refusal, RefusedError


def explain_refusals(error: RefusedError, facts: Facts) -> FpccError:
    """One error that shows every refusal: at its place if it has one, else by name."""
    placed = tuple(_at_place(r, facts) for r in error.refusals if r.location.line)
    if placed:
        return SourceErrors(placed)
    return InputError("\n".join(f"{r.reason}: {r.hint}" for r in error.refusals))


def _at_place(refusal: Refusal, facts: Facts) -> SourceError:
    where = refusal.location
    position = Position(where.file, where.line, where.column)
    function = f", in {refusal.function}()" if refusal.function else ""
    return SourceError(
        position, refusal.reason + function, refusal.hint, source_line(facts, where.file, where.line)
    )
