"""Random valid programs: native code, and the host's interpreter, against bpf_filter()."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fpcc.filters.build import build_programs
from fpcc.filters.opcodes import RETURN_A
from fpcc.filters.program import Instruction, Program
from tests.filters.conftest import RunContest
from tests.filters.directed import frames_for
from tests.filters.interpreter import first_of, match_program
from tests.filters.random_programs import programs

# Two bytes loaded into a register whose upper bits the module did not put there, then tested as four.
_TESTED_AS_FOUR = Program(
    "",
    (
        Instruction(0x28, 0, 0, 0),
        Instruction(0x45, 0, 1, 0x0800),
        Instruction(RETURN_A, 0, 0, 0),
        Instruction(0x25, 1, 0, 0x0800),
        Instruction(0x20, 0, 0, 0),
        Instruction(RETURN_A, 0, 0, 0),
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(programs(), min_size=1, max_size=10), st.integers(0))
@example([_TESTED_AS_FOUR], 0)
def test_random_programs_do_as_the_interpreter_does(
    run_contest: RunContest, chosen: list[Program], seed: int
) -> None:
    frames = frames_for(chosen, Random(seed), 30)
    expected = first_of([match_program(program, frames) for program in chosen])
    gates = run_contest(chosen, frames, build_programs(chosen, "random"))
    assert gates.native == expected
    assert gates.interpreted == expected
