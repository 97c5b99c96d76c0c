"""What is known at the end of a block and lasts until any block that it dominates, whichever way leads there.

Let D dominate B. On a way from D to B that does not pass D again no block M that dominates D is passed: were
it, there would be a way to M, and from there to B, without D. So if all blocks that make the atoms of a fact
dominate D, nothing makes them anew between D and B, and the fact holds where B begins.

Dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fpcc.verifier.guard_atoms import Atoms
from fpcc.verifier.guard_blocks import Flow
from fpcc.verifier.guard_sums import Terms


@dataclass
class Dominance:
    """Dominators of a function's blocks. `made`: block -> the atoms that it makes."""

    flow: Flow
    atoms: Atoms
    made: Mapping[int, Iterable[int]]
    parent: dict[int, int] = field(default_factory=dict)  # block -> its immediate dominator; not of the entry
    _span: dict[int, tuple[int, int]] = field(default_factory=dict)  # block -> its part of the tree's order
    _makers: dict[int, list[int]] = field(default_factory=dict)  # atom -> blocks

    def __post_init__(self) -> None:
        self._find_parents()
        self._number_tree()
        for block, atoms in self.made.items():
            for atom in atoms:
                self._makers.setdefault(atom, []).append(block)

    def lasts(self, terms: Terms, block: int) -> bool:
        """Whether what is known of the terms where `block` ends holds where one begins that it dominates.

        But for what that one makes itself.
        """
        roots = (root for atom, _ in terms for root in self.atoms.atoms[atom].roots)
        return all(self._dominates(maker, block) for root in roots for maker in self._makers.get(root, ()))

    def _dominates(self, above: int, below: int) -> bool:
        first, last = self._span[above]
        return first <= self._span[below][0] <= last

    def _find_parents(self) -> None:
        rank = {block: position for position, block in enumerate(self.flow.order)}
        found = {self.flow.entry: self.flow.entry}
        changed = True
        while changed:
            changed = False
            for block in self.flow.order[1:]:
                above = _meet([p for p in self.flow.predecessors[block] if p in found], found, rank)
                changed |= found.get(block) != above
                found[block] = above
        self.parent = {block: above for block, above in found.items() if block != self.flow.entry}

    def _number_tree(self) -> None:
        """Each block's number, and the last one below it: numbers are given from parents to children."""
        children: dict[int, list[int]] = {block: [] for block in self.flow.order}
        for block, above in self.parent.items():
            children[above].append(block)
        size = dict.fromkeys(self.flow.order, 1)
        for block in reversed(self.flow.order):  # a dominator comes before what it dominates
            size[block] += sum(size[child] for child in children[block])
        pending = [(self.flow.entry, 0)]
        while pending:
            block, number = pending.pop()
            self._span[block] = number, number + size[block] - 1
            number += 1
            for child in children[block]:
                pending.append((child, number))
                number += size[child]


def _meet(blocks: list[int], parent: Mapping[int, int], rank: Mapping[int, int]) -> int:
    """The nearest block that dominates all of these."""
    met = set(blocks)
    while len(met) > 1:
        last = max(met, key=lambda block: rank[block])
        met.remove(last)
        met.add(parent[last])
    return met.pop()
