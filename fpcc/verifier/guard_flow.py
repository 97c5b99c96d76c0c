"""The proof: a data flow over one function that bounds, at every point, how far addresses are from the arena.

A state gives intervals for sums of atoms. They come from branches (a guard is `address - base <= reach`),
from accesses that were made without a fault (what was touched is in the arena), and from how values are
computed. Facts are brought only to where they are asked for: the demands of the accesses are carried
backwards first, through joins with the joined values put in. Then intervals flow forward, and meet by hull,
until nothing changes: what holds then holds on every path.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fpcc.verifier.guard_accesses import Access, Passage
from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_blocks import Edge
from fpcc.verifier.guard_intervals import Interval, hull, is_everything, within
from fpcc.verifier.guard_learning import UnreachableError, learn, learn_condition
from fpcc.verifier.guard_ranges import Facts, Ranges, needs
from fpcc.verifier.guard_sums import Sum, Terms
from fpcc.verifier.guard_values import ENTRY, TooComplexError, Values
from fpcc.verifier.guard_widening import widen

_MOST_CHANGES = 10  # of one fact at one block, before it is given up
_MOST_UPDATES, _FEW_UPDATES = 24, 1000  # of blocks, for each block and at least, before the proof is given up
_MOST_DEMANDS = 16  # for each instruction of a function, on average
_FEW_DEMANDS = 4000

_MOST_TURNS = 3  # of loops, each of which changes the terms of a demand

SAME = Sum((), 0)  # stands for terms that an edge does not change

Way = tuple[int, int]  # a block, and which of its edges


class _Demand(NamedTuple):
    """The range of `terms` is needed where `block` begins; found `turns` changes back.

    `whole`: they are all of an address.
    """

    block: int
    terms: Terms
    turns: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Confines:
    """Distances from the arena's base: bytes an access may touch, and those that can be mapped."""

    lowest: int  # what lies from here up to the base is never mapped
    end: int  # of the arena
    reach: int  # the last byte that can be mapped


@dataclass
class ArenaFlow:
    """The flow of one function whose values are solved."""

    values: Values
    passages: Mapping[int, Passage]
    confines: Confines
    needed: dict[int, dict[Terms, dict[int, Sum | None]]] = field(default_factory=dict)
    _after: dict[Way, Facts] = field(default_factory=dict)
    _before: dict[int, Facts] = field(default_factory=dict)
    _changes: dict[tuple[int, Terms], int] = field(default_factory=dict)
    _ways: dict[int, list[Way]] = field(default_factory=dict)
    _rank: dict[int, int] = field(default_factory=dict)
    _loosest: dict[Terms, Interval] = field(default_factory=dict)
    _edges: dict[tuple[int, int], Mapping[int, Sum]] = field(default_factory=dict)

    @property
    def atoms(self) -> Atoms:
        return self.values.atoms

    def unproved(self) -> Iterator[Access]:
        """The accesses that are not shown to be confined."""
        self._collect_ways()
        self._collect_loosest()
        self._demand()
        self._iterate()
        for block in self.values.flow.order:
            yield from self._check(block)

    def _check(self, block: int) -> Iterator[Access]:
        if block not in self._before:
            return  # execution never comes here
        ranges = Ranges(self.atoms, dict(self._before[block]))
        for access in self.passages[block].accesses:
            try:
                is_confined = self._pass_access(ranges, access)
            except UnreachableError:
                return
            if not is_confined:
                yield access

    def _collect_ways(self) -> None:
        flow = self.values.flow
        self._rank = {block: position for position, block in enumerate((ENTRY, *flow.order))}
        self._ways = {block: [] for block in flow.order}
        self._ways[flow.entry].append((ENTRY, 0))
        for block in flow.order:
            for index, edge in enumerate(flow.blocks[block].edges):
                self._ways.get(edge.target, []).append((block, index))

    def _collect_loosest(self) -> None:
        """For the terms of each address, the ranges in which all accesses to it are confined."""
        for access in (a for passage in self.passages.values() for a in passage.accesses):
            terms, constant = access.distance
            last = self.confines.end - max(access.size, 1)
            found = (self.confines.lowest - constant, last - constant)
            known = self._loosest.setdefault(terms, found)
            self._loosest[terms] = max(known[0], found[0]), min(known[1], found[1])

    def _demand(self) -> None:
        """Finds the terms whose ranges are needed where each block begins, and what they are on each edge."""
        pending: deque[_Demand] = deque()
        for block in self.values.flow.order:
            self.needed[block] = {}
            for access in self.passages[block].accesses:
                self._add(pending, _Demand(block, access.distance.terms, 0, True))
            for terms in self._compared(self.passages[block]):
                self._add(pending, _Demand(block, terms, 0, False))
        code = sum(len(block.instructions) for block in self.values.flow.blocks.values())
        budget = _FEW_DEMANDS + _MOST_DEMANDS * code
        while pending and budget:
            budget -= 1
            self._carry_back(pending, pending.popleft())
        for demand in pending:  # unknown, then
            del self.needed[demand.block][demand.terms]

    def _compared(self, passage: Passage) -> Iterator[Terms]:
        """The sides of a comparison of two values, each of which may bound the other."""
        if passage.comparison is not None and passage.comparison.right.terms:
            sides = (passage.comparison.left.terms, passage.comparison.right.terms)
            yield from (terms for terms in sides if len(terms) == 1)

    def _add(self, pending: deque[_Demand], demand: _Demand) -> None:
        """Adds a demand and those it is made from, unless the block itself makes an atom of them."""
        for terms in needs(self.atoms, demand.terms, demand.whole):
            self._add_one(pending, demand._replace(terms=terms, whole=demand.whole and terms == demand.terms))

    def _add_one(self, pending: deque[_Demand], demand: _Demand) -> None:
        needed = self.needed[demand.block]
        if demand.terms in needed or self._is_made_by(demand.block, demand.terms):
            return
        needed[demand.terms] = {}
        pending.append(demand)

    def _is_made_by(self, block: int, terms: Terms) -> bool:
        made = self.passages[block].made
        return any(not made.isdisjoint(self.atoms.atoms[atom].roots) for atom, _ in terms)

    def _carry_back(self, pending: deque[_Demand], demand: _Demand) -> None:
        block = demand.block
        for source in {source for source, _ in self._ways[block]}:
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

    def _iterate(self) -> None:
        order = (ENTRY, *self.values.flow.order)
        self._after[ENTRY, 0] = {}
        pending = [self._rank[self.values.flow.entry]]
        queued = set(pending)
        budget = _MOST_UPDATES * len(order) + _FEW_UPDATES
        while pending:
            budget -= 1
            if not budget:
                raise TooComplexError
            position = heapq.heappop(pending)
            queued.discard(position)
            for target in {self._rank[edge.target] for edge in self._update(order[position])} - queued:
                queued.add(target)
                heapq.heappush(pending, target)

    def _update(self, block: int) -> list[Edge]:
        """Brings a block up to date; the edges along which something has changed."""
        before = self._join(block)
        if self._before.get(block) == before:
            return []
        self._before[block] = before
        ranges = Ranges(self.atoms, dict(before))
        passage = self.passages[block]
        try:
            for access in passage.accesses:
                self._pass_access(ranges, access)
        except UnreachableError:
            return []
        changed = []
        for index, edge in enumerate(self.values.flow.blocks[block].edges):
            after = self._follow(ranges, passage, edge)
            if after is not None and edge.target in self.needed and self._after.get((block, index)) != after:
                self._after[block, index] = after
                changed.append(edge)
        return changed

    def _follow(self, ranges: Ranges, passage: Passage, edge: Edge) -> Facts | None:
        """What holds once an edge is taken; None if it never is."""
        after = Ranges(self.atoms, dict(ranges.facts))
        if passage.comparison is None or not edge.condition:
            return after.facts
        try:
            learn_condition(after, passage.comparison, edge.condition)
        except UnreachableError:
            return None
        return after.facts

    def _join(self, block: int) -> Facts:
        ways = [
            (source, Ranges(self.atoms, self._after[source, index]))
            for source, index in self._ways[block]
            if (source, index) in self._after
        ]
        facts: Facts = {}
        for terms, moved in self.needed[block].items():
            found = self._meet(terms, moved, ways)
            if found is not None and len(self._ways[block]) > 1:
                found = self._settle(block, terms, found)
            if found is not None and not is_everything(found):
                facts[terms] = found
        return facts

    def _meet(
        self, terms: Terms, moved: Mapping[int, Sum | None], ways: list[tuple[int, Ranges]]
    ) -> Interval | None:
        """The hull over all edges; None if one of them knows nothing."""
        known = [ranges.facts.get(terms) if moved[source] is SAME else None for source, ranges in ways]
        if not any(known) and all(moved[source] is SAME for source, _ in ways):
            return None  # nothing but what can be worked out anywhere
        result: Interval | None = None
        for found, (source, ranges) in zip(known, ways, strict=True):
            value = moved[source]
            if value is None:
                return None
            if found is None:
                found = ranges.of_terms(terms) if value is SAME else ranges.of(value)
            result = found if result is None else hull(result, found)
            if is_everything(result):
                return None
        return result

    def _settle(self, block: int, terms: Terms, found: Interval) -> Interval | None:
        """`found`, widened or given up when it changes again and again."""
        if block not in self._before:
            return found
        before, changes = self._before[block].get(terms), self._changes.get((block, terms), 0)
        if before is None or hull(before, found) == before:
            return before
        if changes > _MOST_CHANGES:
            return None
        self._changes[block, terms] = changes + 1
        return widen(before, found, changes, self._loosest.get(terms, (0, 0)))

    def _pass_access(self, ranges: Ranges, access: Access) -> bool:
        """Whether an access is confined; if so, and it was made, what it touched is in the arena."""
        confines, last = self.confines, max(access.size, 1) - 1
        found = ranges.of(access.distance)
        if access.size == 0 or not within(found, confines.lowest, confines.end - 1 - last):
            return False
        if access.is_certain:
            learn(ranges, access.distance, (0, confines.reach - last))
        return True
