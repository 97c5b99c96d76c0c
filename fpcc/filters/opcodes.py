"""The instructions of classic BPF that a filter may be made of, by opcode.

They are those that libpcap's interpreter knows (McCanne and Jacobson, "The BSD Packet Filter", 1993; MOD and
XOR came with Linux). The host has a list of its own, runtime/host/filter_check.c; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

WORDS = 16  # of scratch memory, M[0] to M[15]

# Bytes that a load reads: at k, and at X + k.
ABSOLUTE = {0x20: 4, 0x28: 2, 0x30: 1}
INDIRECT = {0x40: 4, 0x48: 2, 0x50: 1}
HEADER_LENGTH = 0xB1  # X = 4 * (frame[k] & 15)

LOAD_CONSTANT, LOAD_X_CONSTANT = 0x00, 0x01
LOAD_MEMORY, LOAD_X_MEMORY = 0x60, 0x61
LOAD_LENGTH, LOAD_X_LENGTH = 0x80, 0x81
STORE, STORE_X = 0x02, 0x03
NEGATE = 0x84
JUMP = 0x05
RETURN_CONSTANT, RETURN_A = 0x06, 0x16
A_TO_X, X_TO_A = 0x07, 0x87

RETURNS = (RETURN_CONSTANT, RETURN_A)
MEMORY_LOADS = (LOAD_MEMORY, LOAD_X_MEMORY)
STORES = (STORE, STORE_X)


@dataclass(frozen=True)
class Operation:
    """What an instruction does with A and an operand: C's operator, and whether the operand is X, not k."""

    operator: str
    by_x: bool


def _with_both_operands(family: int, operators: dict[int, str]) -> dict[int, Operation]:
    return {
        family | code | (8 if by_x else 0): Operation(operator, by_x)
        for code, operator in operators.items()
        for by_x in (False, True)
    }


ARITHMETIC = _with_both_operands(
    0x04,
    {
        0x00: "+",
        0x10: "-",
        0x20: "*",
        0x30: "/",
        0x40: "|",
        0x50: "&",
        0x60: "<<",
        0x70: ">>",
        0x90: "%",
        0xA0: "^",
    },
)
BRANCHES = _with_both_operands(0x05, {0x10: "==", 0x20: ">", 0x30: ">=", 0x40: "&"})

ALLOWED = frozenset(
    [
        *ABSOLUTE,
        *INDIRECT,
        *ARITHMETIC,
        *BRANCHES,
        *RETURNS,
        *MEMORY_LOADS,
        *STORES,
        *(HEADER_LENGTH, LOAD_CONSTANT, LOAD_X_CONSTANT, LOAD_LENGTH, LOAD_X_LENGTH),
        *(NEGATE, JUMP, A_TO_X, X_TO_A),
    ]
)
