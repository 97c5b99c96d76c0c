"""Programs that must not run: fpcc and the host each refuse them, by their own lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fpcc.errors import FilterError
from fpcc.filters.opcodes import ALLOWED
from fpcc.filters.program import Instruction, check_program
from tests.filters.conftest import ask
from tests.filters.interpreter import match_program

RETURN = [0x06, 0, 0, 1]
LOAD_WORD_0, STORE_WORD_0, TEST_A = [0x60, 0, 0, 0], [0x02, 0, 0, 0], [0x15, 1, 0, 7]

REFUSED = {
    "nothing": [],
    "jumps to itself": [[0x05, 0, 0, 0xFFFFFFFF], RETURN],
    "jumps to the start": [RETURN, [0x05, 0, 0, 0xFFFFFFFE], RETURN],
    "jumps far backward": [[0x05, 0, 0, 0x80000000], RETURN],
    "jumps behind the end": [[0x05, 0, 0, 1], RETURN],
    "jumps so far that 32 bits wrap around": [RETURN, [0x05, 0, 0, 0xFFFFFFFD], RETURN],
    "branches behind the end if true": [[0x15, 1, 0, 0], RETURN],
    "branches behind the end if false": [[0x15, 0, 255, 0], RETURN],
    "runs past the end": [RETURN, [0x28, 0, 0, 12]],
    "ends in a jump": [RETURN, [0x05, 0, 0, 0]],
    "a load without a size": [[0x20 | 0x18, 0, 0, 0], RETURN],
    "a load that only Linux has": [[0x20, 0, 0, 0xFFFFF004], RETURN],
    "a load from Linux's network header": [[0x28, 0, 0, 0xFFF00000], RETURN],
    "a header length from there": [[0xB1, 0, 0, 0xFFE00000], RETURN],
    "M[16] loaded": [[0x60, 0, 0, 16], RETURN],
    "M[16] stored": [[0x02, 0, 0, 16], RETURN],
    "M[4294967295] stored from X": [[0x03, 0, 0, 0xFFFFFFFF], RETURN],
    "M[0] loaded, stored nowhere": [LOAD_WORD_0, RETURN],
    "M[0] loaded, stored on one way only": [TEST_A, STORE_WORD_0, LOAD_WORD_0, RETURN],
    "M[0] loaded into X, stored later": [[0x61, 0, 0, 0], STORE_WORD_0, RETURN],
    "division by 0": [[0x34, 0, 0, 0], RETURN],
    "remainder of a division by 0": [[0x94, 0, 0, 0], RETURN],
    "shift by 32": [[0x64, 0, 0, 32], RETURN],
    "shift right by 4294967295": [[0x74, 0, 0, 0xFFFFFFFF], RETURN],
    "negation of X": [[0x8C, 0, 0, 0], RETURN],
    "return of X": [[0x0E, 0, 0, 0]],
    "4097 instructions": [RETURN] * 4097,
    "100,000 instructions": [[0x00, 0, 0, 0]] * 99_999 + [RETURN],
    "a negative constant": [[0x00, 0, 0, -1], RETURN],
    "a constant of 33 bits": [[0x00, 0, 0, 1 << 32], RETURN],
    "a jump of 9 bits": [[0x15, 256, 0, 0], RETURN],
    "an opcode of 17 bits": [[0x10006, 0, 0, 0]],
}
# Of the host only: what its JSON may hold instead of a program.
MALFORMED: dict[str, object] = {
    "no array": {"programs": 1},
    "no instruction": ["udp"],
    "an instruction of three": [[6, 0, 0]],
    "an instruction of five": [[6, 0, 0, 1, 1]],
    "a fraction": [[6, 0, 0, 1.0]],
    "a string": [[6, 0, 0, "1"]],
    "null": None,
    "a constant past 64 bits": [[6, 0, 0, 1 << 62]],
}


def host_accepts(program: Path, instructions: object) -> bool:
    """Whether the host takes it as its only filter; if not, it must have said which it is."""
    done = ask(program, {"programs": [instructions], "frames": ["00"]})
    assert done.returncode == 0 or (done.returncode == 1 and "contest: filter 0: " in done.stderr), done
    return done.returncode == 0


def fpcc_accepts(instructions: list[list[int]]) -> bool:
    try:
        check_program(tuple(Instruction(*fields) for fields in instructions), "test")
    except FilterError:
        return False
    return True


@pytest.mark.parametrize("instructions", REFUSED.values(), ids=REFUSED)
def test_a_hostile_program_is_refused(instructions: list[list[int]], sanitized_contest: Path) -> None:
    assert not fpcc_accepts(instructions)
    assert not host_accepts(sanitized_contest, instructions)


@pytest.mark.parametrize("program", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_program_is_refused(program: object, sanitized_contest: Path) -> None:
    assert not host_accepts(sanitized_contest, program)


@pytest.mark.parametrize("count", [0, 64, 1000])
def test_the_number_of_filters_is_limited(count: int, sanitized_contest: Path) -> None:
    done = ask(sanitized_contest, {"programs": [[RETURN]] * count, "frames": ["00"]})
    assert (done.returncode, done.stderr) == (
        1,
        "contest: filters must be an array of 1 to 63 programs\n",
    )


def test_a_bad_program_behind_good_ones_is_named(sanitized_contest: Path) -> None:
    programs = [[RETURN], [RETURN], [TEST_A, LOAD_WORD_0, RETURN], [RETURN]]
    done = ask(sanitized_contest, {"programs": programs, "frames": ["00"]})
    assert done.returncode == 1
    assert "filter 2: instruction 1: loads M[0], which nothing has stored" in done.stderr


def test_both_know_the_same_opcodes(contest: Path) -> None:
    """All that fit into a byte, and some that do not; each where any constant and jump is fine."""
    codes = [*range(256), 0x106, 0x8006, 0xFFFF]
    k = {0x60: 0, 0x61: 0}
    programs = [[STORE_WORD_0, [code, 0, 0, k.get(code, 1)], RETURN, RETURN] for code in codes]
    known = [code for code, program in zip(codes, programs, strict=True) if fpcc_accepts(program)]
    assert known == [c for c, p in zip(codes, programs, strict=True) if host_accepts(contest, p)]
    assert len(known) == 49


_FIELDS = st.tuples(
    st.sampled_from(sorted(ALLOWED)) | st.integers(0, 255),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 40) | st.integers(1 << 31, (1 << 32) - 1),
)


@given(st.lists(_FIELDS, max_size=6))
def test_whatever_is_accepted_runs(instructions: list[tuple[int, int, int, int]]) -> None:
    """Programs of noise that pass the check end, and do not end this process."""
    fields = [*map(list, instructions), RETURN]
    if fpcc_accepts(fields):
        program = check_program(tuple(Instruction(*f) for f in fields), "noise")
        assert len(match_program(program, [b"", b"\0" * 64])) == 2
