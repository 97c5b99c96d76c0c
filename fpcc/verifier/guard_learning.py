"""What a range that has become known says of other sums: those it is computed from, and those close by."""

from __future__ import annotations

from fpcc.verifier.guard_atoms import AND, ARENA, SHIFT_RIGHT, ZERO_EXTEND, Derivation
from fpcc.verifier.guard_conditions import Comparison, Operands, consequences
from fpcc.verifier.guard_intervals import (
    Interval,
    add,
    are_disjoint,
    is_everything,
    meet,
    reduce,
    scale,
    shift,
    size,
)
from fpcc.verifier.guard_ranges import Ranges
from fpcc.verifier.guard_sums import WORD, Sum, Terms, of_atom, without

_DEPTH = 4
_LOOK = 3  # operations that are looked through for a contradiction
_SMALL = 1 << 33


class UnreachableError(Exception):
    """What was to be learned contradicts what is known: execution never comes here."""


def learn(ranges: Ranges, value: Sum, interval: Interval, depth: int = _DEPTH) -> None:
    """Adds the fact that `value` is in `interval`; UnreachableError if it cannot be."""
    terms = value.terms
    interval = shift(interval, -value.constant)
    if are_disjoint(ranges.of_terms(terms, _LOOK), interval):
        raise UnreachableError
    if not terms:
        return
    known = ranges.facts.get(terms)
    found = interval if known is None else meet(known, interval)
    if is_everything(found):
        return
    ranges.facts[terms] = found
    if depth:
        _learn_parts(ranges, terms, found, depth - 1)


def learn_condition(ranges: Ranges, comparison: Comparison, condition: str) -> None:
    """Adds what a condition that holds says of both sides of the comparison."""
    if not comparison.says(condition):
        return
    left, right, width, _ = comparison
    found = consequences(condition, Operands(ranges.of(left), ranges.of(right), width))
    for value, interval in zip((left, right), found, strict=True):
        if interval is not None:
            learn(ranges, value, interval)


def _learn_parts(ranges: Ranges, terms: Terms, found: Interval, depth: int) -> None:
    if len(terms) == 1 and terms[0][1] == 1:
        derivation = ranges.atoms.atoms[terms[0][0]].derivation
        if derivation is not None:
            _learn_source(ranges, derivation, found, depth)
        return
    for atom, factor in terms:
        part = ranges.of(of_atom(atom), 1)
        if size(part) < _SMALL and atom != ARENA:
            learn(ranges, Sum(without(terms, atom), 0), add(found, scale(part, -factor)), 0)


def _learn_source(ranges: Ranges, derivation: Derivation, found: Interval, depth: int) -> None:
    """What is known of the operand of an operation whose result is in `found`."""
    source, number = derivation.sums[0], derivation.number
    low, high = reduce(found, 64)
    if derivation.operation == SHIFT_RIGHT:
        learn(ranges, source, (low << number, (high << number) | ((1 << number) - 1)), depth)
    if derivation.operation == AND and number >= 0 and _clears_low_bits(number):
        learn(ranges, source, (low, high | (WORD - 1 - number)), depth)
    if derivation.operation == ZERO_EXTEND:
        _learn_extended(ranges, source, (meet((0, (1 << number) - 1), (low, high)), number), depth)


def _clears_low_bits(mask: int) -> bool:
    cleared = WORD - mask
    return cleared & (cleared - 1) == 0


def _learn_extended(ranges: Ranges, source: Sum, of: tuple[Interval, int], depth: int) -> None:
    """The source's low bits are in a range: says much if the rest of it, or its only atom's, is known."""
    found, width = of
    whole = ranges.of(source, 2)
    if whole[0] >> width == whole[1] >> width:
        learn(ranges, source, shift(found, whole[0] >> width << width), depth)
        return
    if len(source.terms) != 1 or source.terms[0][1] != 1:
        return
    atom = source.terms[0][0]
    moved = shift(found, -source.constant)
    known = ranges.atoms.atoms[atom].range
    if moved[0] >> width == moved[1] >> width and known[0] >= 0 and known[1] < 1 << width:
        learn(ranges, of_atom(atom), reduce(moved, width), depth)
