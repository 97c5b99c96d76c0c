"""The proof: a data flow over one function that bounds, at every point, how far addresses are from the arena.

A state gives intervals for sums of atoms. They come from branches (a guard is `address - base <= reach`),
from accesses that were made without a fault (what was touched is in the arena), and from how values are
computed. Facts are brought only to where they are asked for (guard_demands.py). Intervals flow forward, and
meet by hull, until nothing changes: what holds then holds on every path.

Most guards stand close to what they guard, so that is looked at first, then what is found out with little,
and only for what is left all that may help.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from fpcc.verifier.guard_accesses import Access, Check, Passage
from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_blocks import Edge
from fpcc.verifier.guard_demands import SAME, Demands, Needed, Search, Way, is_made_by
from fpcc.verifier.guard_dominance import Dominance
from fpcc.verifier.guard_intervals import Interval, hull, is_everything, within
from fpcc.verifier.guard_learning import UnreachableError, learn, learn_condition
from fpcc.verifier.guard_ranges import Facts, Ranges
from fpcc.verifier.guard_sums import Sum, Terms
from fpcc.verifier.guard_values import ENTRY, TooComplexError, Values
from fpcc.verifier.guard_widening import widen

_MOST_CHANGES = 10  # of one fact at one block, before it is given up
_MOST_UPDATES, _FEW_UPDATES = 24, 1000  # of blocks, for each block and at least, before the proof is given up
_SEARCHES = (Search(False, 16, 1000, 1), Search(True, 40, 4000, 16))  # in turn, for what is not proved yet


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
    _needed: Needed = field(default_factory=dict)
    _after: dict[Way, Facts] = field(default_factory=dict)
    _before: dict[int, Facts] = field(default_factory=dict)
    _changes: dict[tuple[int, Terms], int] = field(default_factory=dict)
    _ways: dict[int, list[Way]] = field(default_factory=dict)
    _rank: dict[int, int] = field(default_factory=dict)
    _loosest: dict[Terms, Interval] = field(default_factory=dict)
    _proved: set[int] = field(default_factory=set)  # id() of accesses

    @property
    def atoms(self) -> Atoms:
        return self.values.atoms

    def unproved(self) -> Iterator[Access]:
        """The accesses that are not shown to be confined."""
        self._collect_ways()
        self._collect_loosest()
        self._prove_nearby()
        for search in _SEARCHES:
            if not any(self._open().values()):
                break
            self._prove(search)
        for accesses in self._open().values():
            yield from accesses

    def _open(self) -> dict[int, list[Access]]:
        """By block, the accesses that must be proved, and are not."""
        return {
            block: [access for access in passage.accesses if self._is_open(access)]
            for block, passage in self.passages.items()
        }

    def _is_open(self, access: Access) -> bool:
        return access.instruction.address in self.values.asked and id(access) not in self._proved

    def _prove(self, search: Search) -> None:
        self._before, self._after, self._changes = {}, {}, {}
        demands = Demands(self.values, self.passages, self._ways, search)
        self._needed = demands.collect(self._open())
        self._iterate()
        for block in self.values.flow.order:
            self._proved.update(id(access) for access in self._confined(block))

    def _confined(self, block: int) -> Iterator[Access]:
        """The accesses of a block that are confined, or never made."""
        steps = self.passages[block].steps
        ranges = Ranges(self.atoms, dict(self._before.get(block, {})))
        for position, step in enumerate(steps):
            try:
                is_confined = block not in self._before or self._pass_step(ranges, step)
            except UnreachableError:
                yield from (step for step in steps[position:] if isinstance(step, Access))
                return
            if is_confined and isinstance(step, Access):
                yield step

    def _collect_ways(self) -> None:
        flow = self.values.flow
        self._rank = {block: position for position, block in enumerate((ENTRY, *flow.order))}
        self._ways = {block: [] for block in flow.order}
        self._ways[flow.entry].append((ENTRY, 0))
        for block in flow.order:
            for index, edge in enumerate(flow.blocks[block].edges):
                self._ways.get(edge.target, []).append((block, index))

    def _prove_nearby(self) -> None:
        """Notes what the way to an access proves that must have been come: most guards stand there.

        Where several ways meet, facts are those of the last block they share. None about what a block makes
        anew is kept.
        """
        after: dict[Way, Facts] = {}
        ends: dict[int, Facts] = {}
        dominance = Dominance(
            self.values.flow, self.atoms, {block: self._made(block) for block in self._ways}
        )
        for block in self.values.flow.order:
            ways, passage = self._ways[block], self.passages[block]
            if len(ways) == 1:
                known = after.get(ways[0], {})
            else:
                above = dominance.parent.get(block, ENTRY)
                known = {t: f for t, f in ends.get(above, {}).items() if dominance.lasts(t, above)}
            kept = {t: found for t, found in known.items() if not is_made_by(self.atoms, passage, t)}
            ranges = Ranges(self.atoms, kept)
            try:
                self._proved.update(id(step) for step in passage.steps if self._pass_step(ranges, step))
            except UnreachableError:
                continue  # the accesses after it are left to the flow
            ends[block] = ranges.facts
            for index, edge in enumerate(self.values.flow.blocks[block].edges):
                after[block, index] = self._follow(ranges, passage, edge) or {}

    def _made(self, block: int) -> Set[int]:
        """The atoms that a block's instructions make, and those of values that meet where it begins."""
        return self.passages[block].made | self.values.before[block].joined.keys()

    def _collect_loosest(self) -> None:
        """For the terms of each address, the ranges in which all accesses to it are confined."""
        for access in (a for passage in self.passages.values() for a in passage.accesses):
            terms, constant = access.distance
            last = self.confines.end - max(access.size, 1)
            found = (self.confines.lowest - constant, last - constant)
            known = self._loosest.setdefault(terms, found)
            self._loosest[terms] = max(known[0], found[0]), min(known[1], found[1])

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
            for step in passage.steps:
                self._pass_step(ranges, step)
        except UnreachableError:
            return []
        changed = []
        for index, edge in enumerate(self.values.flow.blocks[block].edges):
            after = self._follow(ranges, passage, edge)
            if after is not None and edge.target in self._needed and self._after.get((block, index)) != after:
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
        for terms, moved in self._needed[block].items():
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

    def _pass_step(self, ranges: Ranges, step: Access | Check) -> bool:
        """Learns what holds behind a step; whether it is an access that is confined."""
        if isinstance(step, Check):
            learn(ranges, step.distance, step.region)
            return False
        return self._pass_access(ranges, step)

    def _pass_access(self, ranges: Ranges, access: Access) -> bool:
        """Whether an access is confined; if so, and it was made, what it touched is in the arena."""
        confines, last = self.confines, max(access.size, 1) - 1
        found = ranges.of(access.distance)
        is_within = within(found, confines.lowest, confines.end - 1 - last)
        if access.size == 0 or not (is_within or id(access) in self._proved):
            return False
        if access.is_certain:
            learn(ranges, access.distance, (0, confines.reach - last))
        return True
