"""Where arithmetic of 32 bits has edges: sums that wrap, shifts by all bits, loads at a frame's end."""

from __future__ import annotations

import pytest

from fpcc.filters.build import build_programs
from fpcc.filters.opcodes import (
    LOAD_CONSTANT,
    LOAD_X_CONSTANT,
    LOAD_X_LENGTH,
    NEGATE,
    RETURN_A,
    RETURN_CONSTANT,
)
from fpcc.filters.program import Instruction, Program, check_program
from tests.filters.conftest import RunContest
from tests.filters.interpreter import match_program

ALL = (1 << 32) - 1
FRAMES = [bytes(range(1, length + 1)) for length in (0, 1, 2, 3, 4, 5, 8, 20, 60, 64)]
SHIFT_LEFT, SHIFT_RIGHT, DIVIDE, REMAINDER, SUBTRACT, MULTIPLY = 0x6C, 0x7C, 0x3C, 0x9C, 0x1C, 0x2C
WORD, HALF, BYTE = 0x40, 0x48, 0x50
SUMS = ((ALL, 5), (ALL - 15, 20), (ALL, 1), (5, ALL), (5, ALL - 3), (60, 0), (0, 60), (1 << 31, 1 << 31))


def loads(code: int, x: int, k: int) -> Program:
    """Matches whatever it loads from X + k: the frames hold no 0."""
    return make([LOAD_X_CONSTANT, x], [code, k], [RETURN_CONSTANT, 1])


def computes(code: int, a: int, x: int) -> Program:
    """Matches if the result is not 0."""
    return make([LOAD_CONSTANT, a], [LOAD_X_CONSTANT, x], [code, 0], [RETURN_A, 0])


def make(*lines: list[int]) -> Program:
    return check_program(tuple(Instruction(code, 0, 0, k) for code, k in lines), "edge")


EDGES = {
    **{
        f"{size} at {x:#x} + {k:#x}": loads(code, x, k)
        for size, code in (("word", WORD), ("half", HALF), ("byte", BYTE))
        for x, k in SUMS
    },
    **{
        f"{a:#x} shifted {way} by {by}": computes(code, a, by)
        for way, code, a in (("left", SHIFT_LEFT, 1), ("right", SHIFT_RIGHT, 1 << 31))
        for by in (0, 31, 32, 33, 64, ALL)
    },
    "divided by 0": computes(DIVIDE, 1, 0),
    "remainder by 0": computes(REMAINDER, 1, 0),
    "largest divided by itself": computes(DIVIDE, ALL, ALL),
    "difference below 0": computes(SUBTRACT, 0, 1),
    "product of which nothing is left": computes(MULTIPLY, 1 << 16, 1 << 16),
    "nothing negated": make([LOAD_CONSTANT, 0], [NEGATE, 0], [RETURN_A, 0]),
    "behind the last byte": make([LOAD_X_LENGTH, 0], [BYTE, 0], [RETURN_CONSTANT, 1]),
    "the last byte": make([LOAD_X_LENGTH, 0], [BYTE, ALL], [RETURN_CONSTANT, 1]),
}


@pytest.mark.parametrize("program", EDGES.values(), ids=EDGES)
def test_an_edge_is_where_the_interpreter_has_it(program: Program, run_contest: RunContest) -> None:
    expected = [0 if matched else 1 for matched in match_program(program, FRAMES)]
    gates = run_contest([program], FRAMES, build_programs([program], "edge"))
    assert gates.native == expected
    assert gates.interpreted == expected


def test_a_frame_one_byte_too_short_for_one_of_two_ways(run_contest: RunContest) -> None:
    """The first byte says whether there must be a second one."""
    branch, match = Instruction(0x15, 0, 1, 1), Instruction(RETURN_CONSTANT, 0, 0, 1)
    first, second = Instruction(0x30, 0, 0, 0), Instruction(0x30, 0, 0, 1)
    program = check_program((first, branch, second, match), "edge")
    frames = [b"", b"\1", b"\2", b"\1\0", b"\2\0"]
    gates = run_contest([program], frames, build_programs([program], "edge"))
    assert gates.native == gates.interpreted == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("code", [SHIFT_LEFT, SHIFT_RIGHT])
def test_all_bits_count_that_are_not_shifted_out(code: int, run_contest: RunContest) -> None:
    """By a number that only the frame tells, so that nothing is computed beforehand."""
    program = make([0x30, 0], [0x07, 0], [LOAD_CONSTANT, ALL], [code, 0], [RETURN_A, 0])
    frames = [bytes([shift]) for shift in range(256)]
    gates = run_contest([program], frames, build_programs([program], "edge"))
    assert gates.native == gates.interpreted == [0] * 32 + [1] * 224
