"""The control flow of one function of the machine code: blocks and the edges between them.

A function is what can be reached from its start without a call; a jump to the start of another one is a tail
call, and leaves. That branches go to instructions, and that no path runs off the code, are other rules'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from fpcc.verifier.guard_conditions import INVERSE, condition_of
from fpcc.verifier.model import BRANCH, JUMP, RETURN, TRAP, Instruction, Target


class Edge(NamedTuple):
    """Where a block goes on, and the condition that then holds, "" for none."""

    target: int
    condition: str


@dataclass(frozen=True, slots=True)
class Block:
    """Instructions that run one after the other, and where they go on in the function."""

    start: int
    instructions: tuple[Instruction, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The blocks of one function in reverse post-order, and the blocks that lead to each.

    `heads` are blocks that later ones go back to; `loop_ends` gives the last that does, both as positions.
    """

    entry: int
    blocks: Mapping[int, Block]
    order: tuple[int, ...]
    predecessors: Mapping[int, tuple[int, ...]]
    loop_ends: Mapping[int, int]
    heads: frozenset[int]


@dataclass(frozen=True, slots=True)
class Code:
    """All the code of a module: instructions by address, where blocks begin, and where functions do."""

    instructions: Mapping[int, Instruction]
    leaders: Set[int]
    starts: Set[int]


def read_code(instructions: tuple[Instruction, ...], starts: Set[int]) -> Code:
    """The code as blocks are cut out of it."""
    targets = {
        operand.address
        for instruction in instructions
        if instruction.kind in (JUMP, BRANCH)
        for operand in instruction.operands
        if isinstance(operand, Target)
    }
    return Code({i.address: i for i in instructions}, targets | starts, starts)


def build_flow(code: Code, entry: int) -> Flow:
    """The flow of the function that starts at `entry`."""
    blocks: dict[int, Block] = {}
    pending = [entry]
    while pending:
        start = pending.pop()
        if start not in blocks and start in code.instructions:
            blocks[start] = _read_block(code, entry, start)
            pending += [edge.target for edge in blocks[start].edges]
    order = _reverse_post_order(blocks, entry)
    predecessors: dict[int, dict[int, None]] = {start: {} for start in order}
    for start in order:
        for edge in blocks[start].edges:
            predecessors.get(edge.target, {})[start] = None
    ends = _loop_ends(order, predecessors)
    sources = {block: tuple(found) for block, found in predecessors.items()}
    return Flow(entry, blocks, order, sources, ends, frozenset(order[position] for position in ends))


def _loop_ends(order: tuple[int, ...], predecessors: Mapping[int, Iterable[int]]) -> dict[int, int]:
    rank = {block: position for position, block in enumerate(order)}
    last = {rank[block]: max((rank[p] for p in found), default=-1) for block, found in predecessors.items()}
    return {position: end for position, end in last.items() if end >= position}


def _read_block(code: Code, entry: int, start: int) -> Block:
    found = [code.instructions[start]]
    while found[-1].kind not in (JUMP, BRANCH, RETURN, TRAP) and found[-1].end not in code.leaders:
        following = code.instructions.get(found[-1].end)
        if following is None:
            break
        found.append(following)
    inside = (e for e in _edges(found[-1]) if e.target not in code.starts or e.target == entry)
    return Block(start, tuple(found), tuple(inside))


def _edges(last: Instruction) -> list[Edge]:
    if last.kind in (RETURN, TRAP):
        return []
    if last.kind not in (JUMP, BRANCH):
        return [Edge(last.end, "")]
    condition = condition_of(last.mnemonic) if last.kind == BRANCH else ""
    taken = [Edge(o.address, condition) for o in last.operands if isinstance(o, Target)]
    return taken if last.kind == JUMP else [*taken, Edge(last.end, INVERSE.get(condition, ""))]


def _reverse_post_order(blocks: Mapping[int, Block], entry: int) -> tuple[int, ...]:
    order: list[int] = []
    seen = {entry}
    stack = [(entry, iter([e.target for e in blocks[entry].edges]))] if entry in blocks else []
    while stack:
        start, targets = stack[-1]
        target = next((t for t in targets if t in blocks and t not in seen), None)
        if target is None:
            order.append(start)
            stack.pop()
            continue
        seen.add(target)
        stack.append((target, iter([e.target for e in blocks[target].edges])))
    return tuple(reversed(order))
