"""Expressions as native code against libpcap's own filtering of the same frames."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fpcc.filters.build import build_programs, write_branch
from fpcc.filters.compile import Branch, compile_branch, compile_filter
from fpcc.lowering_choice import runnable_lowerings
from tests.filters.conftest import RunContest
from tests.filters.directed import frames_for
from tests.filters.expressions import EXPRESSIONS
from tests.filters.interpreter import first_of, match_offline
from tests.nfs.driver import NativeNf, Packet

GROUPS = [tuple(EXPRESSIONS[at : at + 8]) for at in range(0, len(EXPRESSIONS), 8)]
COUNT = 400  # frames for each expression, and of any kind


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_matches_what_libpcap_says(expression: str, run_contest: RunContest) -> None:
    program = compile_filter(expression, "test")
    frames = frames_for([program], Random(expression), COUNT)
    expected = first_of([match_offline(expression, frames)])
    assert set(expected) == {0, 1}, "these frames tell nothing"
    gates = run_contest([program], frames, build_programs([program], "test"))
    assert gates.native == expected
    assert gates.interpreted == expected


@pytest.mark.parametrize("lowering", runnable_lowerings())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=12, unique=True), st.integers(0))
def test_the_first_filter_that_matches_gives_the_gate(
    lowering: str, run_contest: RunContest, expressions: list[str], seed: int
) -> None:
    programs = compile_branch(Branch("test", tuple(expressions)))
    frames = frames_for(list(programs), Random(seed), 50)
    expected = first_of([match_offline(expression, frames) for expression in expressions])
    gates = run_contest(programs, frames, build_programs(programs, "test", lowering))
    assert gates.native == expected
    assert gates.interpreted == expected


@pytest.mark.parametrize("expressions", GROUPS, ids=lambda group: group[0])
def test_no_load_leaves_the_frame(expressions: tuple[str, ...], repo: Path, tmp_path: Path) -> None:
    """The same C by another compiler, under sanitizers, each frame in memory that ends where it ends."""
    programs = compile_branch(Branch("test", expressions))
    source = tmp_path / "filters.c"
    source.write_text(write_branch(programs, "test"))
    frames = frames_for(list(programs), Random(expressions[0]), 50)
    frames += [frame[:length] for frame in frames[-40:] for length in range(min(len(frame), 80))]
    nf = NativeNf(source, repo / "runtime/include", tmp_path)
    outputs = nf.run([Packet(frame) for frame in frames], b"").outputs
    nf.close()
    expected = first_of([match_offline(expression, frames) for expression in expressions])
    assert [output.gate for output in outputs] == expected


def test_every_gate_can_be_reached(
    run_contest: RunContest,
) -> None:
    """As many filters as there are gates for."""
    expressions = tuple(f"ether[0] = {number}" for number in range(63))
    programs = compile_branch(Branch("test", expressions))
    frames = [bytes([number, 0]) for number in range(70)]
    gates = run_contest(programs, frames, build_programs(programs, "test"))
    assert gates.native == gates.interpreted == [min(number, 63) for number in range(70)]
