"""Places that a loop moves by steps of their own: first value + step * turns.

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
        usable = (c for c in _candidates(atoms, one, joined) if not _mentions(c, (one.atom, *found)))
        product = next((c for c in usable if _holds(atoms, c, one, edges)), None)
        if product is not None:
            found[one.atom] = product
    return found


def _candidates(atoms: Atoms, one: Joined, joined: Sequence[Joined]) -> Iterator[Sum]:
    if one.before.terms != ((one.atom, 1),):
        yield one.before
    step = one.values[-1].plus(one.values[0], -1)
    if len(step.terms) + bool(step.constant) != 1 or (not step.terms and step.constant in _STEPS):
        return
    for counter in joined:
        product = _product(atoms, step, counter)
        if product is not None:
            yield one.values[0].plus(product)


def _product(atoms: Atoms, step: Sum, counter: Joined) -> Sum | None:
    """The step times the turns that the counter has made; None if it is none."""
    turn = counter.values[-1].plus(counter.values[0], -1)
    if turn.terms or turn.constant not in _STEPS or (not step.terms and counter.values[0].terms):
        return None
    turns = of_atom(counter.atom).plus(counter.values[0], -1)
    return atoms.product(step.times(turn.constant), turns)


def _holds(atoms: Atoms, candidate: Sum, one: Joined, edges: Sequence[Mapping[int, Sum]]) -> bool:
    return all(
        atoms.substitute(candidate, edge) == value for edge, value in zip(edges, one.values, strict=True)
    )


def _mentions(value: Sum, atoms: Sequence[int]) -> bool:
    return any(atom in atoms for atom, _ in value.terms)
