"""What the atoms of the guard rule's sums are worth in one run of the code they stand for."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from fpcc.verifier.guard_atoms import (
    AND,
    INSERT,
    MULTIPLY,
    SHIFT_RIGHT,
    SIGN_EXTEND,
    ZERO_EXTEND,
    Atoms,
    Derivation,
)
from fpcc.verifier.guard_intervals import Interval, are_disjoint
from fpcc.verifier.guard_sums import Sum

MASK = (1 << 64) - 1


class UnknownError(Exception):
    """The value of an atom that was made, and not seen yet."""


@dataclass
class Valuation:
    """Values of atoms, learned as the sums they are in are seen in registers."""

    atoms: Atoms
    known: dict[int, int] = field(default_factory=dict)

    def holds(self, value: Sum, seen: int) -> bool:
        """Whether the sum is worth `seen`; true too if that is how its only unknown atom becomes known."""
        unknown = [(atom, factor) for atom, factor in value.terms if not self._is_known(atom)]
        if not unknown:
            return self.of(value) == seen
        if len(unknown) == 1 and abs(unknown[0][1]) == 1:
            atom, factor = unknown[0]
            rest = Sum(tuple(term for term in value.terms if term[0] != atom), value.constant)
            self._learn(atom, factor * (seen - self.of(rest)) & MASK)
        return True

    def of(self, value: Sum) -> int:
        """The value of a sum, as an unsigned number."""
        total = sum(factor * self._of_atom(atom) for atom, factor in value.terms)
        return (total + value.constant) & MASK

    def _learn(self, atom: int, seen: int) -> None:
        self.known[atom] = seen
        assert contains(self.atoms.atoms[atom].range, seen), (
            f"{seen:#x} is not in {self.atoms.atoms[atom].range}"
        )
        choice = self.atoms.atoms[atom].choice
        if choice is None:
            return
        with contextlib.suppress(UnknownError):
            assert seen in [self.of(value) for value in choice.sums], "neither of two values"

    def _is_known(self, atom: int) -> bool:
        try:
            self._of_atom(atom)
        except UnknownError:
            return False
        return True

    def _of_atom(self, atom: int) -> int:
        derivation = self.atoms.atoms[atom].derivation
        if derivation is None:
            if atom not in self.known:
                raise UnknownError
            return self.known[atom]
        values = [self.of(value) for value in derivation.sums]
        found = _compute(derivation, values) & MASK
        assert contains(self.atoms.atoms[atom].range, found), derivation
        return found


def contains(interval: Interval, value: int) -> bool:
    """Whether a value is in an interval."""
    return not are_disjoint(interval, (value, value))


def _compute(derivation: Derivation, values: list[int]) -> int:
    number = derivation.number
    low = (1 << number) - 1 if 0 <= number < 64 else MASK  # number is a width, but of AND a mask
    if derivation.operation == ZERO_EXTEND:
        return values[0] & low
    if derivation.operation == SIGN_EXTEND:
        return (values[0] & low) - ((values[0] >> (number - 1) & 1) << number)
    if derivation.operation == SHIFT_RIGHT:
        return values[0] >> number
    if derivation.operation == AND:
        return values[0] & (number if number >= 0 else values[1])
    if derivation.operation == INSERT:
        return (values[0] & ~low) | (values[1] & low)
    assert derivation.operation == MULTIPLY
    return values[0] * values[1]
