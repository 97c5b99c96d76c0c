"""Pairs two sequences of like things in order: which of the old is which of the new.

Equal numbers pair one to one. Otherwise all of the shorter are paired, in order, so that fewest pairs differ.
Symmetric: swapping the arguments swaps each pair.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

CELLS_MAX = 1_000_000  # beyond this table size pairs are made in order; time and memory stay bounded

Pair = tuple[int | None, int | None]  # indices; None: it has no counterpart


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """All indices of both, each once, in order."""
    if len(old) > len(new):
        return [(b, a) for a, b in align(new, old)]
    head = _common_length(old, new)
    tail = _common_length(old[head:][::-1], new[head:][::-1])
    middle = _align_middle(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((index, index) for index in range(head)),
        *((a if a is None else a + head, b if b is None else b + head) for a, b in middle),
        *((len(old) - tail + index, len(new) - tail + index) for index in range(tail)),
    ]


def _common_length(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _align_middle(short: Sequence[Hashable], long: Sequence[Hashable]) -> list[Pair]:
    if len(short) == len(long) or not short or len(short) * len(long) > CELLS_MAX:
        paired: list[Pair] = [(index, index) for index in range(len(short))]
        return paired + [(None, index) for index in range(len(short), len(long))]
    return _trace_back(_cost_table(short, long), short, long)


def _cost_table(short: Sequence[Hashable], long: Sequence[Hashable]) -> list[list[int]]:
    """cost[i][j]: the fewest differing pairs when the first i of `short` lie among the first j of `long`."""
    unreachable = len(short) + 1
    cost = [[0] * (len(long) + 1)]
    for i, item in enumerate(short, start=1):
        row = [unreachable] * (len(long) + 1)
        for j in range(i, len(long) + 1):
            row[j] = min(row[j - 1], cost[i - 1][j - 1] + (item != long[j - 1]))
        cost.append(row)
    return cost


def _trace_back(cost: list[list[int]], short: Sequence[Hashable], long: Sequence[Hashable]) -> list[Pair]:
    pairs: list[Pair] = []
    i, j = len(short), len(long)
    while j:
        if i == 0 or cost[i][j] == cost[i][j - 1]:
            pairs.append((None, j - 1))
        else:
            pairs.append((i - 1, j - 1))
            i -= 1
        j -= 1
    return pairs[::-1]
