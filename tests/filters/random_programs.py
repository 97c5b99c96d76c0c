"""Valid programs of any shape: every opcode, jumps forward to anywhere, constants near what matters."""

from __future__ import annotations

from hypothesis import strategies as st

from fpcc.filters.opcodes import (
    ABSOLUTE,
    ALLOWED,
    ARITHMETIC,
    BRANCHES,
    HEADER_LENGTH,
    INDIRECT,
    JUMP,
    MEMORY_LOADS,
    RETURN_A,
    RETURN_CONSTANT,
    RETURNS,
    STORE,
    STORES,
    WORDS,
)
from fpcc.filters.program import Instruction, Program, check_program

_OFFSETS = st.one_of(st.integers(0, 70), st.sampled_from([200, 1899, 1900, 65535, (1 << 31) - 1]))
# What X is added to: up to the largest numbers, with which the sum would wrap around.
_ANY_OFFSET = st.one_of(_OFFSETS, st.integers((1 << 32) - 20, (1 << 32) - 1))
_CONSTANTS = st.one_of(
    st.integers(0, 40),
    st.sampled_from([0x0800, 0x86DD, 0x8100, 1 << 31, (1 << 31) - 1, (1 << 32) - 1]),
    st.integers(0, (1 << 32) - 1),
)
_PLAIN = sorted(ALLOWED - set(RETURNS))


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Begins with stores to the words that are loaded later."""
    words = draw(st.lists(st.integers(0, WORDS - 1), unique=True, max_size=4))
    instructions = [Instruction(STORE, 0, 0, word) for word in words]
    size = draw(st.integers(0, 30))
    for left in range(size, 0, -1):
        instructions.append(draw(_instruction(left - 1, words)))
    code = draw(st.sampled_from(RETURNS))
    last = Instruction(code, 0, 0, draw(st.sampled_from([0, 1, 65535])))
    return check_program((*instructions, last), "random")


@st.composite
def _instruction(draw: st.DrawFn, after: int, words: list[int]) -> Instruction:
    """With `after` more instructions before the last, which may be jumped to as well."""
    code = draw(st.one_of(st.sampled_from([*ABSOLUTE, *BRANCHES]), st.sampled_from(_PLAIN)))
    if draw(st.integers(0, 15)) == 0:
        return Instruction(
            draw(st.sampled_from([RETURN_A, RETURN_CONSTANT])), 0, 0, draw(st.sampled_from([0, 7]))
        )
    if code in MEMORY_LOADS and not words:
        code = STORE
    jumps = st.integers(0, min(after, 255))
    if code in BRANCHES:
        return Instruction(code, draw(jumps), draw(jumps), draw(_CONSTANTS))
    return Instruction(code, 0, 0, draw(jumps if code == JUMP else _operand(code, words)))


def _operand(code: int, words: list[int]) -> st.SearchStrategy[int]:
    if code in ABSOLUTE or code == HEADER_LENGTH:
        return _OFFSETS
    if code in INDIRECT:
        return _ANY_OFFSET
    if code in MEMORY_LOADS:
        return st.sampled_from(words)
    if code in STORES:
        return st.integers(0, WORDS - 1)
    operator = "" if code not in ARITHMETIC or ARITHMETIC[code].by_x else ARITHMETIC[code].operator
    if operator in ("<<", ">>"):
        return st.integers(0, 31)
    return st.integers(1, 300) if operator in ("/", "%") else _CONSTANTS
