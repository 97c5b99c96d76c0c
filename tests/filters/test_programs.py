"""Random valid programs: native code, and the host's interpreter, against bpf_filter()."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fpcc.filters.build import build_programs
from fpcc.filters.program import Program
from tests.filters.conftest import RunContest
from tests.filters.directed import frames_for
from tests.filters.interpreter import first_of, match_program
from tests.filters.random_programs import programs


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(programs(), min_size=1, max_size=10), st.integers(0))
def test_random_programs_do_as_the_interpreter_does(
    run_contest: RunContest, chosen: list[Program], seed: int
) -> None:
    frames = frames_for(chosen, Random(seed), 30)
    expected = first_of([match_program(program, frames) for program in chosen])
    gates = run_contest(chosen, frames, build_programs(chosen, "random"))
    assert gates.native == expected
    assert gates.interpreted == expected
