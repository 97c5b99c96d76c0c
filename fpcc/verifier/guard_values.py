"""What every register and spill slot of a function holds where each block begins: value numbering.

Blocks are run on symbolic states, in reverse post-order, until nothing changes. Where paths meet, a place that
holds the same sum on every path keeps it; the others get *joined* atoms, one for all places that agree with
each other on every path. At first only the paths seen so far count; what holds at the end holds on all.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_blocks import Flow
from fpcc.verifier.guard_conditions import Comparison
from fpcc.verifier.guard_intervals import width_range
from fpcc.verifier.guard_machine import Machine, State
from fpcc.verifier.guard_semantics import execute
from fpcc.verifier.guard_sums import Sum
from fpcc.verifier.model import Instruction

_MOST_CHANGES = 6  # of a block's state, before places are no longer joined together
_MOST_RUNS = 60
ENTRY = -1

Place = tuple[str, int]  # ("r", register) or ("s", offset of a slot from rsp on entry)
Held = Mapping[Place, tuple[int, Sum]]  # bytes and value


class TooComplexError(Exception):
    """The proof was given up, so that its time stays in proportion to the code's size."""


@dataclass
class Values:
    """The value numbering of one function. After `solve`, `before` has the state at each block's beginning."""

    flow: Flow
    atoms: Atoms
    limits: frozenset[int]
    entry: State
    before: dict[int, State] = field(default_factory=dict)
    after: dict[int, State] = field(default_factory=dict)
    joined: dict[int, dict[int, Place]] = field(default_factory=dict)  # block -> joined atom -> its place
    _changes: dict[int, int] = field(default_factory=dict)

    def solve(self) -> None:
        """Runs all blocks until their states are stable; TooComplexError if that takes too long."""
        rank = {block: position for position, block in enumerate(self.flow.order)}
        pending = list(range(len(self.flow.order)))
        queued = set(pending)
        while pending:
            position = heapq.heappop(pending)
            queued.discard(position)
            block = self.flow.order[position]
            if not self._update(block):
                continue
            for edge in self.flow.blocks[block].edges:
                target = rank.get(edge.target)
                if target is not None and target not in queued:
                    queued.add(target)
                    heapq.heappush(pending, target)

    def run(self, block: int, look: Callable[[Machine, Instruction], None]) -> State:
        """Runs a block from its state; `look` sees the machine before each instruction."""
        before = self.before[block]
        machine = Machine(
            self.atoms, self.limits, list(before.registers), dict(before.slots), before.flags
        )
        for instruction in self.flow.blocks[block].instructions:
            machine.at, machine.end = instruction.address, instruction.end
            look(machine, instruction)
            execute(machine, instruction)
        return machine.state()

    def on_edge(self, source: int, block: int) -> dict[int, Sum]:
        """What the joined atoms of `block` are on the edge from `source`."""
        held = _places(self.after[source] if source != ENTRY else self.entry)
        return {atom: held[place][1] for atom, place in self.joined.get(block, {}).items()}

    def _update(self, block: int) -> bool:
        state = self._join(block)
        if self.before.get(block) == state:
            return False
        self._changes[block] = self._changes.get(block, 0) + 1
        if self._changes[block] > _MOST_RUNS:
            raise TooComplexError
        self.before[block] = state
        self.after[block] = self.run(block, lambda machine, instruction: None)
        return True

    def _join(self, block: int) -> State:
        sources = [self.after[p] for p in self.flow.predecessors[block] if p in self.after]
        if block == self.flow.entry:
            sources.insert(0, self.entry)
        if len(self.flow.predecessors[block]) + (block == self.flow.entry) == 1:
            return sources[0]
        held = self._meet(block, [_places(source) for source in sources])
        flags = _agreed([source.flags for source in sources])
        registers = tuple(held["r", number][1] for number in range(16))
        return State(registers, {at: known for (kind, at), known in held.items() if kind == "s"}, flags)

    def _meet(self, block: int, sources: list[Held]) -> Held:
        """What the places hold that all sources know in the same size."""
        apart = self._changes.get(block, 0) >= _MOST_CHANGES
        known = self.joined.get(block, {})
        stuck = set(known.values()) if apart else set()
        before = _places(self.before[block]) if known else {}
        leaders: dict[object, Place] = {}
        joined: dict[int, Place] = {}
        result: dict[Place, tuple[int, Sum]] = {}
        for place, (size, first) in sources[0].items():
            found = [source.get(place, (0, first)) for source in sources]
            if any(held[0] != size for held in found):
                continue
            values = tuple(held[1] for held in found)
            own = before[place][1] if place in before and _is_joined(before[place][1], known) else None
            others = {value for value in values if value != own}
            if place not in stuck and len(others) == 1:
                result[place] = size, others.pop()
                continue
            leader = place if apart else leaders.setdefault((size, values), place)
            atom = self._joined_atom(block, leader, values)
            joined.setdefault(atom.terms[0][0], leader)
            result[place] = size, atom
        self.joined[block] = joined
        return result

    def _joined_atom(self, block: int, place: Place, values: tuple[Sum, ...]) -> Sum:
        """The atom of a place; its upper half is zero if that of all values is, also those made of the atom."""
        static = [self.atoms.static_range(value) for value in values]
        width = 32 if all(low >= 0 and high < 1 << 32 for low, high in static) else 64
        return self.atoms.made(("join", block, place, width), width_range(width))


def _is_joined(value: Sum, joined: Mapping[int, Place]) -> bool:
    return len(value.terms) == 1 and value.terms[0][0] in joined


def _places(state: State) -> dict[Place, tuple[int, Sum]]:
    held: dict[Place, tuple[int, Sum]] = {
        ("r", number): (8, value) for number, value in enumerate(state.registers)
    }
    held.update({("s", offset): known for offset, known in state.slots.items()})
    return held


def _agreed(found: Iterable[Comparison | None]) -> Comparison | None:
    kept = list(found)
    return kept[0] if all(comparison == kept[0] for comparison in kept) else None
