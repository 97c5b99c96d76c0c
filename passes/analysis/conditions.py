"""What is known of values because of the branch that leads to a block."""

from __future__ import annotations

from collections.abc import Mapping

from passes.analysis.cfg import ControlFlow
from passes.analysis.ranges import Range, condition_ranges
from passes.analysis.values import Values


def edge_conditions(
    flow: ControlFlow, values: Values, label: str, known: Mapping[str, Range]
) -> dict[str, Range]:
    """Ranges that hold in the block `label`, if one branch alone leads there; `known` hold before it."""
    sources = flow.predecessors[label]
    if len(sources) != 1:
        return {}
    branch = flow.blocks[sources[0]].terminator
    if branch.opcode != "br" or len(branch.labels) != 2 or branch.labels[0] == branch.labels[1]:
        return {}
    compare = values.definitions.get(branch.operands[0].text)
    if compare is None or compare.opcode != "icmp":
        return {}
    found = condition_ranges(compare, holds=branch.labels[0] == label)
    return {n: _narrow(r, known.get(n)) for n, r in found.items()}


def _narrow(found: Range, known: Range | None) -> Range:
    if known is None:
        return found
    low, high = max(found[0], known[0]), min(found[1], known[1])
    return (low, high) if low <= high else found
