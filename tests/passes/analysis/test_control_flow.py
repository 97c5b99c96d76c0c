"""Dominators and loops against their definitions, on random control flow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passes.analysis.cfg import ControlFlow, build_control_flow
from passes.ir.module import Function, read_module


@st.composite
def graphs(draw: st.DrawFn) -> Function:
    """A function all of whose blocks are reached; each ends in a return, a jump, a branch or a switch."""
    count = draw(st.integers(1, 9))
    targets = {
        n: [t for t in draw(st.lists(st.integers(1, count), max_size=3)) if t < count] for n in range(count)
    }
    for n in range(1, count):  # reached from an earlier one
        targets[draw(st.integers(0, n - 1))].append(n)
    body = "".join(f"b{n}:\n  {_terminator(targets[n])}\n" for n in range(count))
    return read_module(f"define void @f(i32 %x, i1 %c) {{\n{body}}}\n").functions["@f"]


def _terminator(targets: list[int]) -> str:
    labels = [f"label %b{target}" for target in targets]
    if not labels:
        return "ret void"
    if len(labels) == 1:
        return f"br {labels[0]}"
    if len(labels) == 2:
        return f"br i1 %c, {labels[0]}, {labels[1]}"
    cases = " ".join(f"i32 {i}, {label}" for i, label in enumerate(labels[1:]))
    return f"switch i32 %x, {labels[0]} [ {cases} ]"


def reached(flow: ControlFlow, start: str, without: str = "") -> set[str]:
    found, pending = {start} - {without}, [start] if start != without else []
    while pending:
        new = set(flow.blocks[pending.pop()].terminator.labels) - found - {without}
        found |= new
        pending += new
    return found


@given(graphs())
def test_a_block_dominates_what_is_not_reached_without_it(function: Function) -> None:
    flow = build_control_flow(function)
    for above in flow.blocks:
        left = reached(flow, flow.order[0], without=above)
        assert {b for b in flow.blocks if flow.dominates(above, b)} == set(flow.blocks) - left


@given(graphs())
def test_a_loop_is_what_reaches_its_latches_within_the_header(function: Function) -> None:
    flow = build_control_flow(function)
    edges = [(b, t) for b in flow.blocks for t in set(flow.blocks[b].terminator.labels)]
    headers = {target for source, target in edges if flow.dominates(target, source)}
    assert set(flow.loops) == headers
    for header, loop in flow.loops.items():
        latches = {s for s, t in edges if t == header and flow.dominates(header, s)}
        inside = {b for b in flow.blocks if b != header and latches & reached(flow, b, without=header)}
        assert set(loop.latches) == latches
        assert loop.blocks == {header} | {b for b in inside if flow.dominates(header, b)}


@given(graphs())
def test_every_block_comes_after_its_dominator(function: Function) -> None:
    flow = build_control_flow(function)
    place = {label: i for i, label in enumerate(flow.order)}
    assert sorted(flow.order) == sorted(flow.blocks)
    assert all(place[flow.parent[label]] < place[label] for label in flow.order[1:])
