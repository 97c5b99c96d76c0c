"""What instructions do with memory: the compiler's table against the verifier's, which was made apart.

Every mnemonic of the table is written with every kind of operand; what the assembler takes is decoded again
by the verifier's decoder, whose rows say what is read and written.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from fpcc.errors import ToolError
from fpcc.module_link import assemble
from fpcc.verifier.decoder import decode_at
from fpcc.verifier.encoding import UndecodableError
from fpcc.verifier.model import Instruction, Mem
from passes.asm.instructions import EFFECTS
from tests.verifier.text import text_of

MEMORY = "%gs:64(%ecx)"
REGISTERS = ("%al", "%ax", "%eax", "%rax", "%xmm1", "%ymm2")
OTHERS = (*REGISTERS, "$3", "%cl")
MARK = 0xD6D6D6D6D6D6D6D6  # no instruction
KIND = {"r": "read", "w": "write", "rw": "update", "": ""}


def forms(mnemonic: str) -> list[str]:
    """The mnemonic with memory as its last operand, as the first, and in the middle."""
    last = [(*rest, MEMORY) for count in range(3) for rest in product(OTHERS, repeat=count)]
    first = [(MEMORY, *rest) for count in (1, 2) for rest in product(REGISTERS, repeat=count)]
    middle = [(a, MEMORY, *rest) for a in OTHERS for n in (1, 2) for rest in product(REGISTERS[2:], repeat=n)]
    return [f"{mnemonic}\t{', '.join(operands)}" for operands in (*last, *first, *middle)]


@cache
def accepted() -> tuple[tuple[str, str], ...]:
    """(mnemonic, statement) of all the assembler takes."""
    statements = [(name, form) for name in EFFECTS for form in forms(name)]
    return tuple(pair for pair, ok in zip(statements, _taken([s for _, s in statements]), strict=True) if ok)


def _taken(lines: list[str]) -> list[bool]:
    try:
        assemble("\n".join(lines) + "\n")
    except ToolError as error:
        wrong = {int(number) for number in re.findall(r"module\.s:(\d+):\d+: error", error.said)}
        return [number not in wrong for number in range(1, len(lines) + 1)]
    return [True] * len(lines)


@cache
def decoded() -> tuple[tuple[str, str, Instruction | None], ...]:
    """The same with what the verifier makes of it, None for what it refuses."""
    statements = accepted()
    separated = f"\n.quad {MARK:#x}\n".join(statement for _, statement in statements)
    pieces = text_of(assemble(f"{separated}\n")).split(MARK.to_bytes(8, "little"))
    return tuple((*pair, _decode(code)) for pair, code in zip(statements, pieces, strict=True))


def _decode(code: bytes) -> Instruction | None:
    try:
        instruction = decode_at(code, 0, 0)
    except UndecodableError:
        return None
    assert instruction.size == len(code)
    return instruction


def test_the_tables_agree() -> None:
    wrong = []
    for mnemonic, statement, instruction in decoded():
        effect = EFFECTS[mnemonic]
        said = effect.as_last if statement.endswith(MEMORY) else effect.as_other
        if instruction is None or said is None:
            continue  # one of the two refuses it, which is safe
        places = [
            a for o, a in zip(instruction.operands, instruction.access, strict=True) if isinstance(o, Mem)
        ]
        if [KIND[place] for place in places] != [said]:
            wrong.append((statement, said, places))
    assert wrong == []


def test_most_of_the_table_was_looked_at() -> None:
    """Not all of it exists: rows are short hand, and not every size of everything is an instruction."""
    assert len({mnemonic for mnemonic, _, instruction in decoded() if instruction is not None}) > 600
