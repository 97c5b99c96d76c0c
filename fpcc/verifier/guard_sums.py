"""Values as sums: constant + sum of coefficient * atom, modulo 2**64.

The arithmetic wraps as the machine's does, so two values with the same terms differ by a constant that holds
at run time whatever the atoms are. Atoms are numbers (guard_atoms.py says what each stands for).
"""

from __future__ import annotations

from typing import NamedTuple

WORD = 1 << 64
_HALF = 1 << 63

Terms = tuple[tuple[int, int], ...]  # (atom, coefficient), sorted by atom, no coefficient 0


class Sum(NamedTuple):
    """A 64-bit value; constant and coefficients are signed."""

    terms: Terms
    constant: int

    def shifted(self, distance: int) -> Sum:
        """self + distance."""
        return Sum(self.terms, signed(self.constant + distance))

    def plus(self, other: Sum, factor: int = 1) -> Sum:
        """self + factor * other."""
        constant = signed(self.constant + factor * other.constant)
        if not other.terms:
            return Sum(self.terms, constant)
        if factor == 1 and not self.terms:
            return Sum(other.terms, constant)
        terms = dict(self.terms)
        for atom, coefficient in other.terms:
            terms[atom] = signed(terms.get(atom, 0) + factor * coefficient)
        is_sorted = len(terms) == len(self.terms)
        found = terms.items() if is_sorted else sorted(terms.items())
        return Sum(tuple([term for term in found if term[1]]), constant)

    def times(self, factor: int) -> Sum:
        """self * factor."""
        return _ZERO.plus(self, factor)


def number(value: int) -> Sum:
    """A value known when the module is made."""
    return Sum((), signed(value))


def signed(value: int) -> int:
    """`value` modulo 2**64, as a signed number."""
    return value if -_HALF <= value < _HALF else ((value + _HALF) & (WORD - 1)) - _HALF


def reduced(value: Sum, width: int) -> Sum:
    """The sum with the smallest numbers that agrees with `value` modulo 2**width."""
    half, mask = 1 << (width - 1), (1 << width) - 1
    terms = [(atom, ((coefficient + half) & mask) - half) for atom, coefficient in value.terms]
    return Sum(tuple(t for t in terms if t[1]), ((value.constant + half) & mask) - half)


def of_atom(atom: int) -> Sum:
    """The value of one atom."""
    return Sum(((atom, 1),), 0)


def without(terms: Terms, atom: int) -> Terms:
    """`terms` but that of `atom`."""
    return tuple(term for term in terms if term[0] != atom)


_ZERO = number(0)
