"""Atoms: the values of one function that are not looked into further, or only when their range is asked for.

An atom is either *made* (by an instruction that runs, a join of paths, the entry) or *derived*: an operation
on sums, the same atom wherever the same operation is done on the same sums. The made atoms a value depends on
are its roots: when one of them is made anew, what was known of the value is known no longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fpcc.abi import abi
from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import EVERYTHING, Interval, width_range
from fpcc.verifier.guard_sums import Sum, number, of_atom, reduced, without

# The operations of derived atoms; `width` is that of the result's meaningful low bits.
ZERO_EXTEND, SIGN_EXTEND, SHIFT_RIGHT = "zx", "sx", "shr"
AND, INSERT, MULTIPLY = "and", "insert", "multiply"

# The arena's base, how far from it the module stack's limit and the argument are, rsp on entry, rsp once it
# is aligned, how far from the arena's base the packets of the batch begin, and from there to their last byte,
# and how much higher than its file says the host placed the image.
ARENA, LIMIT, ARGUMENT, STACK, ALIGNED, WINDOW, WINDOW_REACH, SHIFT = range(8)

MOST_TERMS = 12
_MOST_WEIGHT = 40
_ARENA_ALIGNED = 32  # low bits of the arena's base that are 0

Name = tuple[object, ...]


class Derivation(NamedTuple):
    """How an atom is computed; `number` is a mask, a shift count or a width."""

    operation: str
    sums: tuple[Sum, ...]
    number: int


class Choice(NamedTuple):
    """A made atom is the second of two sums if the condition holds of the comparison, else the first."""

    sums: tuple[Sum, Sum]
    comparison: Comparison | None
    condition: str


@dataclass(frozen=True, slots=True)
class Atom:
    """What is known of an atom wherever it is met; `derivation` is None for those that are made."""

    range: Interval
    roots: frozenset[int]
    derivation: Derivation | None
    weight: int  # operations and made atoms in it, each as often as it is named
    choice: Choice | None = None


@dataclass
class Atoms:
    """The atoms of one function, by number."""

    atoms: list[Atom] = field(default_factory=list)
    _numbers: dict[object, int] = field(default_factory=dict)
    _made_at: dict[object, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        constant = abi().number
        self.made(("arena",), EVERYTHING)
        self.made(("limit",), (constant("FP_STACK_OFFSET"), constant("FP_STACK_LIMIT")))
        self.made(("argument",), (0, constant("FP_ARENA_REACH")))
        self.made(("rsp",), EVERYTHING)
        self.made(("aligned",), EVERYTHING)
        packets, end = constant("FP_PACKETS_OFFSET"), constant("FP_PACKETS_LIMIT")
        self.made(("window",), (packets, end))
        self.made(("window reach",), (0, end - packets))
        self.made(("shift",), (0, constant("FP_IMAGE_SHIFT_MAX")))

    def made(self, name: Name, range_: Interval) -> Sum:
        """The atom that is made at the place `name`."""
        if name not in self._numbers:
            here = self._numbers[name] = len(self.atoms)
            self.atoms.append(Atom(range_, frozenset({here}), None, 1))
            self._made_at.setdefault(name[0], []).append(here)
        return of_atom(self._numbers[name])

    def aligned(self, address: int) -> Sum:
        """rsp as the instruction at `address` aligned it."""
        found = self._made_at.setdefault(address, [])
        if ALIGNED not in found:
            found.append(ALIGNED)
        return of_atom(ALIGNED)

    def made_at(self, address: int) -> list[int]:
        """The atoms that the instruction at `address` makes."""
        return self._made_at.get(address, [])

    def selected(self, name: Name, choice: Choice, range_: Interval) -> Sum:
        """The atom made at `name` by choosing; just made, if its choice is too much to keep track of."""
        if choice.sums[0] == choice.sums[1]:
            return choice.sums[0]
        found = self.made(name, range_)
        here = found.terms[0][0]
        inner = [self.atoms[a] for s in choice.sums for a, _ in s.terms]
        weight = 1 + sum(atom.weight for atom in inner)
        known = choice if weight <= _MOST_WEIGHT else None
        self.atoms[here] = Atom(range_, frozenset({here}), None, weight if known else 1, known)
        return found

    def number_of(self, name: Name) -> int:
        """The atom made at the place `name`, -1 if there is none."""
        return self._numbers.get(name, -1)

    def derived(self, derivation: Derivation, range_: Interval) -> Sum | None:
        """The value of an operation; None if it nests too deeply to be kept track of."""
        known = self._numbers.get(derivation)
        if known is not None:
            return of_atom(known)
        inner = [self.atoms[a] for s in derivation.sums for a, _ in s.terms]
        weight = 1 + sum(atom.weight for atom in inner)
        if weight > _MOST_WEIGHT:
            return None
        roots = frozenset[int]().union(*(atom.roots for atom in inner))
        here = self._numbers[derivation] = len(self.atoms)
        self.atoms.append(Atom(range_, roots, derivation, weight))
        return of_atom(here)

    def low_bits(self, value: Sum, width: int) -> Sum | None:
        """`value` modulo 2**width."""
        low, high = self.static_range(value)
        if width == 64 or (low >= 0 and high < 1 << width):
            return value
        if not value.terms or not width:
            return number(value.constant % (1 << width))
        plain = self._congruent(value, width)
        if plain != value:
            return self.low_bits(plain, width)
        return self.derived(Derivation(ZERO_EXTEND, (value,), width), width_range(width))

    def static_range(self, value: Sum) -> Interval:
        """The range that holds everywhere."""
        low = high = value.constant
        for atom, coefficient in value.terms:
            least, most = self.atoms[atom].range
            if coefficient < 0:
                least, most = most, least
            low, high = low + coefficient * least, high + coefficient * most
        return (low, high) if high - low < EVERYTHING[1] else EVERYTHING

    def _congruent(self, value: Sum, width: int) -> Sum:
        """A sum that agrees with `value` in the low bits, with as few operations inside as can be."""
        result = number(value.constant)
        for atom, coefficient in value.terms:
            if atom == ARENA and width <= _ARENA_ALIGNED:
                continue
            derivation = self.atoms[atom].derivation
            is_peeled = derivation is not None and _keeps_low_bits(derivation, width)
            part = derivation.sums[-1] if derivation is not None and is_peeled else of_atom(atom)
            result = result.plus(part, coefficient)
        return reduced(result, width)

    def product(self, left: Sum, right: Sum) -> Sum | None:
        """(l + c) * (r + d) as l * r + d * l + c * r + c * d."""
        result = Sum(left.terms, 0).times(right.constant).plus(right, left.constant)
        if left.terms and right.terms:
            factors = tuple(sorted((Sum(left.terms, 0), Sum(right.terms, 0))))
            product = self.derived(Derivation(MULTIPLY, factors, 64), EVERYTHING)
            return None if product is None else result.plus(product)
        return result

    def substitute(self, value: Sum, values: Mapping[int, Sum]) -> Sum | None:
        """`value` with some made atoms replaced, inside of derived ones too; None if that grows too large."""
        result = value
        for atom, coefficient in value.terms:
            if self.atoms[atom].roots.isdisjoint(values):
                continue
            part = self._replaced(atom, values)
            if part is None:
                return None
            result = Sum(without(result.terms, atom), result.constant).plus(part, coefficient)
        return result if len(result.terms) <= MOST_TERMS else None

    def _replaced(self, atom: int, values: Mapping[int, Sum]) -> Sum | None:
        derivation = self.atoms[atom].derivation
        if derivation is None:
            return values.get(atom)
        sums = [self.substitute(s, values) for s in derivation.sums]
        if any(s is None for s in sums):
            return None
        kept = tuple(s for s in sums if s is not None)
        return self.rebuilt(derivation._replace(sums=kept), self.atoms[atom].range)

    def rebuilt(self, derivation: Derivation, range_: Interval) -> Sum | None:
        """`derived`, after the simplifications there are for the operation."""
        if derivation.operation == ZERO_EXTEND:
            return self.low_bits(derivation.sums[0], derivation.number)
        if derivation.operation == MULTIPLY:
            return self.product(*derivation.sums)
        return self.derived(derivation, range_)


def _keeps_low_bits(derivation: Derivation, width: int) -> bool:
    """Whether the operation's last sum has the same low `width` bits as its result."""
    return derivation.operation in (ZERO_EXTEND, SIGN_EXTEND, INSERT) and derivation.number >= width
