"""Places that a loop moves by a step known at run time only: first value + step * turns.

A compiler turns `base + i * size` into a value that grows by `size` each turn, but a guard in front of an
inner loop may still multiply. Both are one sum again if the former is written as a product with the counter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_sums import Sum, of_atom

_STEPS = (1, -1)  # of counters


@dataclass(frozen=True, slots=True)
class Joined:
    """An atom made where paths meet, what it is on each of them, and what its place held the last time."""

    atom: int
    values: Sequence[Sum]
    before: Sum


def find_products(atoms: Atoms, joined: Sequence[Joined]) -> Mapping[int, Sum]:
    """Atoms that need not be: each with a sum that is the same on every path."""
    edges = [{j.atom: j.values[number] for j in joined} for number in range(len(joined[0].values))]
    found: dict[int, Sum] = {}
    for one in joined:
        for candidate in _candidates(atoms, one, joined):
            if not _mentions(candidate, (one.atom, *found)) and _holds(atoms, candidate, one, edges):
                found[one.atom] = candidate
                break
    return found


def _candidates(atoms: Atoms, one: Joined, joined: Sequence[Joined]) -> Iterator[Sum]:
    if one.before.terms != ((one.atom, 1),):
        yield one.before
    first, moved = one.values[0], one.values[-1].plus(one.values[0], -1)
    if len(moved.terms) != 1 or moved.constant:
        return
    step = Sum(((moved.terms[0][0], moved.terms[0][1]),), 0)
    for counter in joined:
        turn = counter.values[-1].plus(counter.values[0], -1)
        if not turn.terms and turn.constant in _STEPS:
            turns = of_atom(counter.atom).plus(counter.values[0], -1)
            product = atoms.product(step.times(turn.constant), turns)
            if product is not None:
                yield first.plus(product)


def _holds(atoms: Atoms, candidate: Sum, one: Joined, edges: Sequence[Mapping[int, Sum]]) -> bool:
    return all(
        atoms.substitute(candidate, edge) == value for edge, value in zip(edges, one.values, strict=True)
    )


def _mentions(value: Sum, atoms: Sequence[int]) -> bool:
    return any(atom in atoms for atom, _ in value.terms)
