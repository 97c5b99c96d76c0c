"""Ranges of sums at one point of a function, from what is known there and from how their atoms are computed.

A fact about terms holds of their sum without a constant. `needs` names the facts that a range is made from,
so that the flow (guard_flow.py) brings just these to where they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from fpcc.verifier.guard_atoms import (
    AND,
    ARENA,
    INSERT,
    MULTIPLY,
    SHIFT_RIGHT,
    SIGN_EXTEND,
    ZERO_EXTEND,
    Atoms,
    Choice,
    Derivation,
)
from fpcc.verifier.guard_conditions import INVERSE, Operands, consequences
from fpcc.verifier.guard_intervals import (
    EVERYTHING,
    Interval,
    add,
    hull,
    meet,
    reduce,
    reduce_signed,
    scale,
    shift,
    size,
)
from fpcc.verifier.guard_sums import Sum, Terms, without

_DEPTH = 6
_CHOICE_COST = 2
_SMALL = 1 << 33  # what varies less may be left out when a fact is looked for
_MOST_NEEDS = 40
_MANY_TERMS = 5

Facts = dict[Terms, Interval]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges where `facts` hold."""

    atoms: Atoms
    facts: Facts

    def of(self, value: Sum, depth: int = _DEPTH) -> Interval:
        """All values the sum may have."""
        return shift(self.of_terms(value.terms, depth), value.constant)

    def of_terms(self, terms: Terms, depth: int = _DEPTH) -> Interval:
        """The same of a sum without constant."""
        if len(terms) == 1 and terms[0][1] == 1:
            return self._atom(terms[0][0], depth)
        parts = [scale(self._atom(atom, depth), factor) for atom, factor in terms]
        found = (0, 0)
        for part in parts:
            found = add(found, part)
        for known in self._nearby(terms, parts):
            found = meet(found, known)
        return meet(found, self._chosen(terms, depth)) if size(found) >= _SMALL else found

    def _nearby(self, terms: Terms, parts: list[Interval]) -> list[Interval]:
        """What facts about these terms, or all but some that vary little, say."""
        if not self.facts:
            return []
        found = [self.facts[terms]] if terms in self.facts else []
        small = [index for index, part in enumerate(parts) if size(part) < _SMALL]
        for index in small:
            rest = self.facts.get(terms[:index] + terms[index + 1 :])
            if rest is not None:
                found.append(add(rest, parts[index]))
        rest = self.facts.get(tuple(t for index, t in enumerate(terms) if index not in small))
        if rest is not None and len(small) > 1:
            for index in small:
                rest = add(rest, parts[index])
            found.append(rest)
        return found

    def _chosen(self, terms: Terms, depth: int) -> Interval:
        """The range of terms of which one atom is one of two values."""
        for atom, factor in terms:
            choice = self.atoms.atoms[atom].choice
            if choice is not None and depth >= _CHOICE_COST:
                rest = Sum(without(terms, atom), 0)
                both = [self.of(rest.plus(s, factor), depth - _CHOICE_COST) for s in choice.sums]
                return hull(*both)
        return EVERYTHING

    def _atom(self, atom: int, depth: int) -> Interval:
        known = self.atoms.atoms[atom]
        found = known.range
        fact = self.facts.get(((atom, 1),))
        if fact is not None:
            found = meet(found, fact)
        if not depth:
            return found
        if known.derivation is not None:
            found = meet(found, self._derived(known.derivation, depth - 1))
        elif known.choice is not None and depth >= _CHOICE_COST:
            found = meet(found, self._choice(known.choice, depth - _CHOICE_COST))
        return found

    def _derived(self, derivation: Derivation, depth: int) -> Interval:
        ranges = [self.of(value, depth) for value in derivation.sums]
        return _OPERATIONS[derivation.operation](ranges, derivation.number)

    def _choice(self, choice: Choice, depth: int) -> Interval:
        first, second = choice.sums
        return hull(
            self._where(choice, first, INVERSE.get(choice.condition, ""), depth),
            self._where(choice, second, choice.condition, depth),
        )

    def _where(self, choice: Choice, value: Sum, condition: str, depth: int) -> Interval:
        """The range of `value` where the condition holds."""
        found = self.of(value, depth)
        comparison = choice.comparison
        if comparison is None or not comparison.says(condition):
            return found
        if value not in (comparison.left, comparison.right):
            return found
        sides = self.of(comparison.left, depth), self.of(comparison.right, depth)
        left, right = consequences(condition, Operands(*sides, comparison.width))
        known = left if value == comparison.left else right
        return found if known is None else meet(found, known)


def needs(atoms: Atoms, terms: Terms, whole: bool = True) -> list[Terms]:
    """The terms whose facts the range of `terms` is made from, `terms` first.

    If it is the whole of an address, a fact may also be about a part of it, the rest varying little.
    """
    found: dict[Terms, None] = {}
    pending = [terms]
    while pending and len(found) < _MOST_NEEDS:
        wanted = pending.pop(0)
        if wanted in found or not (wanted == terms or _may_have_facts(atoms, wanted)):
            continue
        found[wanted] = None
        others = [term for term in wanted if term[0] != ARENA]
        pending += [s.terms for atom, factor in others for s in _inner(atoms, wanted, atom, factor)]
        if len(others) == 1 and len(wanted) == 2:
            continue  # next to the arena's base, which is unbounded, the range of one atom tells nothing
        pending += [((atom, 1),) for atom, _ in others]
        if wanted == terms and whole:
            pending += _shorter(atoms, wanted)
    return list(found)


def _may_have_facts(atoms: Atoms, terms: Terms) -> bool:
    """Whether there may be facts about such terms: next to the arena's base there must be a pointer."""
    if terms and terms[0][0] == ARENA:
        return any(factor == 1 and not is_small(atoms, (atom, factor)) for atom, factor in terms)
    return len(terms) > 1 or any(factor > 0 for _, factor in terms)


def _shorter(atoms: Atoms, terms: Terms) -> list[Terms]:
    """Terms without some that may turn out to vary little."""
    kept = tuple(term for term in terms if term[0] == ARENA or not is_small(atoms, term))
    if len(kept) > _MANY_TERMS:
        return [kept]
    return [kept, *(without(all_, atom) for all_ in (terms, kept) for atom, _ in all_ if atom != ARENA)]


def is_small(atoms: Atoms, term: tuple[int, int]) -> bool:
    """Whether a term varies little wherever it is met."""
    low, high = atoms.atoms[term[0]].range
    return (high - low) * abs(term[1]) < _SMALL


def _inner(atoms: Atoms, terms: Terms, atom: int, factor: int) -> list[Sum]:
    """The sums that an atom is computed from; with the terms around it, if it is one of two values."""
    known = atoms.atoms[atom]
    if known.derivation is not None:
        return list(known.derivation.sums)
    if known.choice is None:
        return []
    rest = Sum(without(terms, atom), 0)
    return [rest.plus(s, factor) for s in known.choice.sums]


def _zero_extend(ranges: list[Interval], width: int) -> Interval:
    return reduce(ranges[0], width)


def _sign_extend(ranges: list[Interval], width: int) -> Interval:
    return reduce_signed(ranges[0], width)


def _shift_right(ranges: list[Interval], count: int) -> Interval:
    low, high = reduce(ranges[0], 64)
    return low >> count, high >> count


def _and(ranges: list[Interval], mask: int) -> Interval:
    highs = [reduce(range_, 64)[1] for range_ in ranges]
    return 0, min(highs) if mask < 0 else min(highs[0], mask)


def _multiply(ranges: list[Interval], _: int) -> Interval:
    (low, high), (least, most) = reduce(ranges[0], 64), reduce(ranges[1], 64)
    return (low * least, high * most) if high * most < 1 << 64 else EVERYTHING


def _insert(ranges: list[Interval], width: int) -> Interval:
    old, new = ranges
    return new if old[0] >= 0 and old[1] < 1 << width else EVERYTHING


_OPERATIONS = {
    ZERO_EXTEND: _zero_extend,
    SIGN_EXTEND: _sign_extend,
    SHIFT_RIGHT: _shift_right,
    AND: _and,
    INSERT: _insert,
    MULTIPLY: _multiply,
}
