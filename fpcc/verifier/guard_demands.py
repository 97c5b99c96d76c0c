"""Demands: of which terms the range is needed where each block begins, and what they are before it.

Those of the accesses are carried backwards through the function, through joins with the joined values put
in, until the block is found that makes one of their atoms.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fpcc.verifier.guard_accesses import Access, Passage
from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_ranges import needs
from fpcc.verifier.guard_sums import Sum, Terms
from fpcc.verifier.guard_values import ENTRY, Values

_MOST_TURNS = 3  # of loops, each of which changes the terms of a demand

SAME = Sum((), 0)  # stands for terms that an edge does not change

Way = tuple[int, int]  # a block, and which of its edges
Needed = Mapping[int, Mapping[Terms, Mapping[int, Sum | None]]]  # block, terms, what they are after a source


class Search(NamedTuple):
    """How far demands are followed; to stop early costs precision, never soundness."""

    is_thorough: bool  # also what the terms of an address are made from, and what is compared with it
    heaviest: int  # operations and values in terms that are followed
    few: int  # demands, at least, ...
    many: int  # ... and for each instruction of the function


class _Demand(NamedTuple):
    """The range of `terms` is needed where `block` begins; found `turns` changes back.

    `whole`: they are all of an address.
    """

    block: int
    terms: Terms
    turns: int
    whole: bool


@dataclass
class Demands:
    """The demands of one function whose values are solved."""

    values: Values
    passages: Mapping[int, Passage]
    ways: Mapping[int, list[Way]]  # to each block
    search: Search
    needed: dict[int, dict[Terms, dict[int, Sum | None]]] = field(default_factory=dict)
    _rank: dict[int, int] = field(default_factory=dict)
    _edges: dict[tuple[int, int], Mapping[int, Sum]] = field(default_factory=dict)

    @property
    def atoms(self) -> Atoms:
        return self.values.atoms

    def collect(self, accesses: Mapping[int, Iterable[Access]]) -> Needed:
        """What the proof of these accesses, by block, needs."""
        self._rank = {block: position for position, block in enumerate((ENTRY, *self.values.flow.order))}
        pending: deque[_Demand] = deque()
        for block in self.values.flow.order:
            self.needed[block] = {}
            for access in accesses[block]:
                self._add(pending, _Demand(block, access.distance.terms, 0, True))
            for terms in self._compared(self.passages[block]):
                self._add(pending, _Demand(block, terms, 0, False))
        code = sum(len(block.instructions) for block in self.values.flow.blocks.values())
        budget = self.search.few + self.search.many * code
        while pending and budget:
            budget -= 1
            self._carry_back(pending, pending.popleft())
        for demand in pending:  # unknown, then
            del self.needed[demand.block][demand.terms]
        return self.needed

    def _compared(self, passage: Passage) -> Iterator[Terms]:
        """The sides of a comparison of two values, each of which may bound the other."""
        comparison = passage.comparison if self.search.is_thorough else None
        if comparison is not None and comparison.right.terms:
            yield from (side.terms for side in (comparison.left, comparison.right) if len(side.terms) == 1)

    def _add(self, pending: deque[_Demand], demand: _Demand) -> None:
        """Adds a demand and those it is made from, unless the block itself makes an atom of them."""
        if not self.search.is_thorough:
            self._add_one(pending, demand)
            return
        for terms in needs(self.atoms, demand.terms, demand.whole):
            self._add_one(pending, demand._replace(terms=terms, whole=demand.whole and terms == demand.terms))

    def _add_one(self, pending: deque[_Demand], demand: _Demand) -> None:
        needed = self.needed[demand.block]
        if demand.terms in needed or is_made_by(self.atoms, self.passages[demand.block], demand.terms):
            return
        if sum(self.atoms.atoms[atom].weight for atom, _ in demand.terms) > self.search.heaviest:
            return
        needed[demand.terms] = {}
        pending.append(demand)

    def _carry_back(self, pending: deque[_Demand], demand: _Demand) -> None:
        block = demand.block
        for source in {source for source, _ in self.ways[block]}:
            moved = self._moved(source, demand)
            self.needed[block][demand.terms][source] = moved
            if moved is None or source == ENTRY:
                continue
            if moved is SAME:
                self._add_one(pending, demand._replace(block=source))
                continue
            turns = demand.turns + (moved.terms != demand.terms and self._is_retreating(source, block))
            if turns < _MOST_TURNS:
                self._add(pending, demand._replace(block=source, terms=moved.terms, turns=turns))

    def _moved(self, source: int, demand: _Demand) -> Sum | None:
        """What the terms are on an edge; unknown if a turn of a loop would change them inside an operation.

        Were those followed, the constants inside could go on changing from turn to turn.
        """
        values = self._values_on_edge(source, demand.block)
        if all(self.atoms.atoms[atom].roots.isdisjoint(values) for atom, _ in demand.terms):
            return SAME
        is_inside = any(
            atom not in values and not self.atoms.atoms[atom].roots.isdisjoint(values)
            for atom, _ in demand.terms
        )
        if is_inside and self._is_retreating(source, demand.block):
            return None
        return self.atoms.substitute(Sum(demand.terms, 0), values)

    def _values_on_edge(self, source: int, block: int) -> Mapping[int, Sum]:
        if (source, block) not in self._edges:
            self._edges[source, block] = self.values.on_edge(source, block)
        return self._edges[source, block]

    def _is_retreating(self, source: int, block: int) -> bool:
        return self._rank[source] >= self._rank[block]


def is_made_by(atoms: Atoms, passage: Passage, terms: Terms) -> bool:
    """Whether a block makes an atom of these terms: what was known of them is known no longer."""
    return any(not passage.made.isdisjoint(atoms.atoms[atom].roots) for atom, _ in terms)
