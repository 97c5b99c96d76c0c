"""The reader misses nothing of real IR: the example NFs at every level, against LLVM's own view of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import llvmlite.binding as llvm
import pytest

from fpcc.flags import parse_flags
from fpcc.pipeline import run_pipeline
from fpcc.stages.state import BuildOptions
from passes.ir.instruction import Instruction, InstructionReader
from passes.ir.lexer import tokenize
from passes.ir.module import read_module
from passes.ir.operand import OperandReader
from passes.ir.types import TypeReader

NFS = ("firewall", "nat", "payload")
LEVELS = ("-O0", "-O1", "-O2", "-O3")
CASES = [(nf, level) for nf in NFS for level in LEVELS]


@cache
def optimised(repo: Path, nf: str, level: str) -> str:
    options = BuildOptions((repo / f"examples/nfs/{nf}.c",), nf, flags=parse_flags((level,)))
    return run_pipeline(options, until="optimise").optimised


@pytest.mark.parametrize(("nf", "level"), CASES)
def test_llvm_sees_the_same_instructions(nf: str, level: str, repo: Path) -> None:
    text = optimised(repo, nf, level)
    module = read_module(text)
    for theirs in llvm.parse_assembly(text).functions:
        if theirs.is_declaration:
            continue
        ours = module.functions[f"@{theirs.name}"]
        expected = [(i.opcode, i.name) for block in theirs.blocks for i in block.instructions]
        assert [(i.opcode, i.name.removeprefix("%")) for i in ours.instructions] == expected
        counts = [len(list(i.operands)) for block in theirs.blocks for i in block.instructions]
        assert [len(i.operands) + _uncounted(i) for i in ours.instructions] == counts


def _uncounted(instruction: Instruction) -> int:
    """Operands that LLVM counts beside ours: blocks, the count of one element; not a shuffle's mask."""
    labels = len(instruction.labels)
    others = {"br": labels, "switch": labels, "alloca": not instruction.operands, "shufflevector": -1}
    return others.get(instruction.opcode, 0)


@pytest.mark.parametrize(("nf", "level"), CASES)
def test_what_was_read_reads_the_same_again(nf: str, level: str, repo: Path) -> None:
    module = read_module(optimised(repo, nf, level))
    types = TypeReader()
    for name, line in module.types.items():
        types.declare(name, tokenize(line)[3:])
    reader = InstructionReader(OperandReader(types))
    for function in module.functions.values():
        for instruction in function.instructions:
            again = reader.read(tokenize(" ".join(instruction.tokens)))
            assert again.operands == instruction.operands
            assert (again.opcode, again.type, again.labels) == (
                instruction.opcode,
                instruction.type,
                instruction.labels,
            )
