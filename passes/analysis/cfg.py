"""Control flow of one function: predecessors, reverse post-order, dominators, natural loops.

Dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001). Blocks are named by
their labels. Requires every block to be reachable from the first one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from passes.ir.lexer import IRSyntaxError
from passes.ir.module import Block, Function


@dataclass
class Loop:
    """A natural loop: all blocks that reach a latch without passing the header."""

    header: str
    latches: list[str]
    blocks: set[str] = field(default_factory=set)


@dataclass
class ControlFlow:
    """What `build_control_flow` found; `order` is reverse post-order, `parent` the immediate dominator."""

    blocks: dict[str, Block]
    predecessors: dict[str, list[str]]
    order: list[str]
    parent: dict[str, str]
    children: dict[str, list[str]]
    loops: dict[str, Loop]  # by header
    _enter: dict[str, int] = field(default_factory=dict)
    _leave: dict[str, int] = field(default_factory=dict)

    def dominates(self, above: str, below: str) -> bool:
        """Whether every path to `below` passes `above` (a block dominates itself)."""
        return self._enter[above] <= self._enter[below] and self._leave[below] <= self._leave[above]


def successors(block: Block) -> list[str]:
    """Distinct successors, in order."""
    return list(dict.fromkeys(block.terminator.labels))


def build_control_flow(function: Function) -> ControlFlow:
    """Analyses `function`."""
    blocks = {block.label: block for block in function.blocks}
    predecessors: dict[str, list[str]] = {label: [] for label in blocks}
    for block in function.blocks:
        for target in successors(block):
            predecessors[target].append(block.label)
    order = _reverse_post_order(blocks, function.blocks[0].label)
    if len(order) != len(blocks):
        raise IRSyntaxError(f"{function.name}: unreachable blocks")
    parent = _dominators(order, predecessors)
    children: dict[str, list[str]] = {label: [] for label in blocks}
    for label in order[1:]:
        children[parent[label]].append(label)
    flow = ControlFlow(blocks, predecessors, order, parent, children, {})
    _number_tree(flow)
    _find_loops(flow)
    return flow


def _reverse_post_order(blocks: dict[str, Block], entry: str) -> list[str]:
    order: list[str] = []
    seen = {entry}
    stack = [(entry, iter(successors(blocks[entry])))]
    while stack:
        label, targets = stack[-1]
        target = next((t for t in targets if t not in seen), None)
        if target is None:
            order.append(label)
            stack.pop()
            continue
        seen.add(target)
        stack.append((target, iter(successors(blocks[target]))))
    return order[::-1]


def _dominators(order: list[str], predecessors: dict[str, list[str]]) -> dict[str, str]:
    number = {label: i for i, label in enumerate(order)}
    parent = {order[0]: order[0]}
    changed = True
    while changed:
        changed = False
        for label in order[1:]:
            known = (p for p in predecessors[label] if p in parent)
            best = functools.reduce(lambda a, b: _meet(a, b, parent, number), known)
            changed = changed or parent.get(label) != best
            parent[label] = best
    return parent


def _meet(a: str, b: str, parent: dict[str, str], number: dict[str, int]) -> str:
    while a != b:
        while number[a] > number[b]:
            a = parent[a]
        while number[b] > number[a]:
            b = parent[b]
    return a


def _number_tree(flow: ControlFlow) -> None:
    clock = 0
    stack: list[tuple[str, bool]] = [(flow.order[0], True)]
    while stack:
        label, entering = stack.pop()
        clock += 1
        if not entering:
            flow._leave[label] = clock
            continue
        flow._enter[label] = clock
        stack.append((label, False))
        stack.extend((child, True) for child in reversed(flow.children[label]))


def _find_loops(flow: ControlFlow) -> None:
    edges = [(label, target) for label in flow.order for target in successors(flow.blocks[label])]
    for label, target in edges:
        if flow.dominates(target, label):
            loop = flow.loops.setdefault(target, Loop(target, []))
            loop.latches.append(label)
            _collect_body(flow, loop, label)


def _collect_body(flow: ControlFlow, loop: Loop, latch: str) -> None:
    loop.blocks.add(loop.header)
    stack = [latch]
    while stack:
        label = stack.pop()
        if label not in loop.blocks:
            loop.blocks.add(label)
            stack.extend(flow.predecessors[label])
