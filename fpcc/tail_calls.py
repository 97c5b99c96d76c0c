"""Jumps in place of calls: a function that ends by calling another one leaves no return address of its own.

Which way was taken is known only if there is no other: then the jumps on it stand for the calls they were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fpcc.verifier.frame_flow import FrameFlow
from fpcc.verifier.model import BRANCH, JUMP
from fpcc.verifier.program import branch_target


class _Jump(NamedTuple):
    """A jump out of a function, and the function it leads to."""

    address: int
    target: int


_Jumps = Mapping[int, Sequence[_Jump]]  # by the function they leave


def find_tail_calls(flow: FrameFlow, functions: frozenset[int], goals: frozenset[int]) -> list[int]:
    """The jumps by which the flow's function came to one of `goals`, last first; none if that is not sure."""
    jumps = _find_jumps(flow, sorted(functions))
    leading = _leading_to(jumps, goals)
    (function,) = flow.program.functions
    way = list[int]()
    while function not in goals:
        onward = [jump for jump in jumps.get(function, ()) if jump.target in leading]
        if len(onward) != 1 or len(way) > len(leading):
            return []
        way.append(onward[0].address)
        function = onward[0].target
    comes_back = any(jump.target in leading for jump in jumps.get(function, ()))
    return [] if comes_back else way[::-1]


def _find_jumps(flow: FrameFlow, functions: Sequence[int]) -> _Jumps:
    found = dict[int, list[_Jump]]()
    reached = (instruction for leader in flow.states for instruction, _ in flow.walk(leader))
    for instruction in reached:
        target = branch_target(instruction) if instruction.kind in (JUMP, BRANCH) else None
        source = _function_at(functions, instruction.address)
        if target is not None and source != (goal := _function_at(functions, target)):
            found.setdefault(source, []).append(_Jump(instruction.address, goal))
    return found


def _function_at(functions: Sequence[int], address: int) -> int:
    index = bisect_right(functions, address)
    return functions[index - 1] if index else address


def _leading_to(jumps: _Jumps, goals: frozenset[int]) -> set[int]:
    """The functions from which a goal can be reached, goals included."""
    leading = set(goals)
    while more := {
        f for f, out in jumps.items() if f not in leading and any(j.target in leading for j in out)
    }:
        leading |= more
    return leading
