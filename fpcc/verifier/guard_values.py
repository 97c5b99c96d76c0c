"""What every register and spill slot of a function holds where each block begins: value numbering.

Blocks are run on symbolic states until nothing changes; where paths meet, their states are joined
(guard_joins.py). At first only the paths seen so far count; what holds at the end holds on all. Loops are
settled from the inside out, each time anew when what comes into them changes: else values of an earlier turn
of an outer loop would go round in an inner one, and look as if it changed them.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_blocks import Flow
from fpcc.verifier.guard_joins import Join, Joiner, places_of
from fpcc.verifier.guard_machine import Machine, State
from fpcc.verifier.guard_semantics import execute
from fpcc.verifier.guard_sums import Sum
from fpcc.verifier.model import Instruction

_MOST_SWEPT, _FEW_SWEPT = 12, 500  # runs, for each block and at least, before loops are settled all together
_MOST_CHANGES = 4  # of a block's state after that, before places are kept apart
_MOST_RUNS = 24
ENTRY = -1  # stands for what is before a function's first block


class TooComplexError(Exception):
    """The proof was given up, so that its time stays in proportion to the code's size."""


@dataclass
class Values:
    """The value numbering of one function. After `solve`, `before` has what each block begins with."""

    flow: Flow
    atoms: Atoms
    variables: Mapping[int, Sum]
    asked: Set[int]
    entry: State
    before: dict[int, Join] = field(default_factory=dict)
    after: dict[int, State] = field(default_factory=dict)
    _changes: dict[int, int] = field(default_factory=dict)

    def solve(self) -> None:
        """Runs all blocks until their states are stable; TooComplexError if that takes too long."""
        self._sweep()
        self._settle()

    def run(self, block: int, look: Callable[[Machine, Instruction], None]) -> State:
        """Runs a block from its state; `look` sees the machine before each instruction."""
        state = self.before[block].state
        machine = Machine(
            self.atoms, self.variables, self.asked, list(state.registers), dict(state.slots), state.flags
        )
        for instruction in self.flow.blocks[block].instructions:
            machine.at, machine.end = instruction.address, instruction.end
            look(machine, instruction)
            execute(machine, instruction)
        return machine.state()

    def on_edge(self, source: int, block: int) -> Mapping[int, Sum]:
        """What the joined atoms of `block` are on the edge from `source`."""
        held = places_of(self.after[source] if source != ENTRY else self.entry)
        return {atom: held[place][1] for atom, place in self.before[block].joined.items()}

    def _sweep(self) -> None:
        """Goes through the blocks in order; at the end of a loop, back to its head until that is stable."""
        order, ends = self.flow.order, self.flow.loop_ends
        heads: dict[int, list[int]] = {}
        for head, end in sorted(ends.items(), reverse=True):
            heads.setdefault(end, []).append(head)
        position, is_turn, budget = 0, False, _MOST_SWEPT * len(order) + _FEW_SWEPT
        while position < len(order) and budget:
            if position in ends and not is_turn:
                self._forget(order[position : ends[position] + 1])
            self._update(order[position], apart=False)
            budget -= 1
            again = next((head for head in heads.get(position, ()) if self._is_stale(order[head])), None)
            is_turn = again is not None
            position = position + 1 if again is None else again

    def _settle(self) -> None:
        """Runs blocks as long as what they begin with changes."""
        rank = {block: position for position, block in enumerate(self.flow.order)}
        pending = list(range(len(self.flow.order)))
        queued = set(pending)
        while pending:
            position = heapq.heappop(pending)
            queued.discard(position)
            block = self.flow.order[position]
            if not self._update(block, apart=self._changes.get(block, 0) > _MOST_CHANGES):
                continue
            self._count(block)
            for target in {rank[edge.target] for edge in self.flow.blocks[block].edges} - queued:
                queued.add(target)
                heapq.heappush(pending, target)

    def _count(self, block: int) -> None:
        self._changes[block] = self._changes.get(block, 0) + 1
        if self._changes[block] > _MOST_RUNS:
            raise TooComplexError

    def _forget(self, blocks: tuple[int, ...]) -> None:
        for block in blocks:
            self.before.pop(block, None)
            self.after.pop(block, None)

    def _is_stale(self, block: int) -> bool:
        return self._join(block, apart=False) != self.before[block]

    def _update(self, block: int, *, apart: bool) -> bool:
        """Brings a block up to date; whether that changed anything."""
        join = self._join(block, apart=apart)
        if self.before.get(block) == join and block in self.after:
            return False
        self.before[block] = join
        self.after[block] = self.run(block, lambda machine, instruction: None)
        return True

    def _join(self, block: int, *, apart: bool) -> Join:
        sources = [self.after[p] for p in self.flow.predecessors[block] if p in self.after]
        if block == self.flow.entry:
            sources.insert(0, self.entry)
        if len(self.flow.predecessors[block]) + (block == self.flow.entry) == 1:
            return Join(sources[0], {})
        is_head = block in self.flow.heads
        return Joiner(self.atoms, block, self.before.get(block), is_head, apart).join(sources)
