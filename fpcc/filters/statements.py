"""The C of single instructions: the frame is `data`, of `len` bytes, long enough for constant offsets."""

from __future__ import annotations

from fpcc.filters.opcodes import (
    A_TO_X,
    ABSOLUTE,
    ARITHMETIC,
    BRANCHES,
    HEADER_LENGTH,
    INDIRECT,
    LOAD_CONSTANT,
    LOAD_LENGTH,
    LOAD_MEMORY,
    LOAD_X_CONSTANT,
    LOAD_X_LENGTH,
    LOAD_X_MEMORY,
    NEGATE,
    STORE,
    STORE_X,
    X_TO_A,
)
from fpcc.filters.program import Instruction

ACCEPT, REJECT = "\treturn true;\n", "\treturn false;\n"
_OPPOSITE = {"==": "!=", ">": "<=", ">=": "<"}

# What neither reads the frame nor computes; {k} is the instruction's constant.
_PLAIN = {
    LOAD_CONSTANT: "a = {k};",
    LOAD_X_CONSTANT: "x = {k};",
    LOAD_MEMORY: "a = m{k};",
    LOAD_X_MEMORY: "x = m{k};",
    LOAD_LENGTH: "a = len;",
    LOAD_X_LENGTH: "x = len;",
    STORE: "m{k} = a;",
    STORE_X: "m{k} = x;",
    NEGATE: "a = -a;",
    A_TO_X: "x = a;",
    X_TO_A: "a = x;",
}


def write_statements(instruction: Instruction) -> str:
    """Lines of C for what is neither a jump nor a return."""
    code, k = instruction.code, instruction.k
    if code in ABSOLUTE:
        return f"\ta = load{8 * ABSOLUTE[code]}(data + {k});\n"
    if code == HEADER_LENGTH:
        return f"\tx = 4 * (load8(data + {k}) & 15);\n"
    if code in INDIRECT:
        return _write_indirect(k, INDIRECT[code])
    if code in ARITHMETIC:
        return _write_arithmetic(instruction)
    return f"\t{_PLAIN[code].format(k=k if code in _MEMORY else _constant(k))}\n"


_MEMORY = (LOAD_MEMORY, LOAD_X_MEMORY, STORE, STORE_X)


def _write_indirect(k: int, size: int) -> str:
    """The sum of x and k does not wrap around."""
    return f"\tif ((uint64_t)x + {k + size} > len)\n\t{REJECT}\ta = load{8 * size}(data + x + {k});\n"


def _write_arithmetic(instruction: Instruction) -> str:
    """Constants that would divide by 0 or shift too far are not in a checked program."""
    operation = ARITHMETIC[instruction.code]
    if not operation.by_x:
        return f"\ta {operation.operator}= {_constant(instruction.k)};\n"
    if operation.operator in "/%":
        return f"\tif (x == 0)\n\t{REJECT}\ta {operation.operator}= x;\n"
    if operation.operator in ("<<", ">>"):
        return f"\ta = x < 32 ? a {operation.operator} x : 0;\n"
    return f"\ta {operation.operator}= x;\n"


def write_condition(instruction: Instruction, taken: bool) -> str:
    """Of a branch: when its first target is taken, or when it is not."""
    operation = BRANCHES[instruction.code]
    operand = "x" if operation.by_x else _constant(instruction.k)
    if operation.operator == "&":
        return f"(a & {operand}) {'!=' if taken else '=='} 0"
    return f"a {operation.operator if taken else _OPPOSITE[operation.operator]} {operand}"


def _constant(value: int) -> str:
    return f"{value:#x}u" if value > 9 else str(value)
