"""Random straight-line IR over integers, and what it computes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from passes.ir.instruction import Instruction
from passes.ir.module import Function, read_module
from passes.ir.operand import Operand
from tests.passes.operations import ARITHMETIC, Ended, signed

WIDTHS = (8, 16, 32, 64)
OPERATIONS = "and or xor add sub mul shl lshr urem udiv".split()
Values = dict[str, int]


@dataclass(frozen=True)
class Program:
    """A function `f` and how many parameters of each width it has."""

    function: Function

    def run(self, arguments: Sequence[int], seed: int) -> Values | None:
        """Every value by name, None where it divides by zero; shifts too far give anything, by `seed`."""
        values = {
            p.text: a % (1 << p.type.bits) for p, a in zip(self.function.parameters, arguments, strict=True)
        }
        chance = random.Random(seed)
        try:
            for instruction in self.function.blocks[0].instructions[:-1]:
                values[instruction.name] = _compute(instruction, values, chance)
        except Ended:
            return None
        return values


def _compute(instruction: Instruction, values: Values, chance: random.Random) -> int:
    found = [_value(operand, values) for operand in instruction.operands]
    bits, mask = instruction.type.bits, (1 << instruction.type.bits) - 1
    if instruction.opcode == "select":
        return found[1] if found[0] else found[2]
    if instruction.opcode == "icmp":
        return int(found[0] < found[1])
    if instruction.opcode == "sext":
        return signed(found[0], instruction.operands[0].type.bits) & mask
    if instruction.opcode in ("zext", "trunc", "freeze"):
        return found[0] & mask
    if instruction.opcode in ("shl", "lshr") and found[1] >= bits:
        return chance.randrange(mask + 1)
    return ARITHMETIC[instruction.opcode](found[0], found[1], bits) & mask


def _value(operand: Operand, values: Values) -> int:
    constant = operand.integer
    return values[operand.text] if constant is None else constant


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A function of a dozen instructions or so, biased towards small constants."""
    known: dict[int, list[str]] = {width: [f"%p{width}"] for width in WIDTHS}
    lines = []
    for number in range(draw(st.integers(1, 14))):
        line, width = draw(_lines(number, known))
        lines.append(line)
        known[width].append(f"%v{number}")
    parameters = ", ".join(f"i{width} %p{width}" for width in WIDTHS)
    text = "\n  ".join([f"define void @f({parameters}) {{\nentry:", *lines, "ret void"])
    return Program(read_module(text + "\n}\n").functions["@f"])


@st.composite
def _lines(draw: st.DrawFn, number: int, known: dict[int, list[str]]) -> tuple[str, int]:
    width = draw(st.sampled_from(WIDTHS))
    kind = draw(st.sampled_from([*OPERATIONS, "zext", "sext", "trunc", "freeze", "select"]))
    value = f"%v{number} = {kind}"
    operands = st.sampled_from(known[width]) | constants(width)
    if kind in ("zext", "sext"):
        narrow = draw(st.sampled_from([w for w in WIDTHS if w < width] or [8]))
        width = max(width, 16)
        return f"{value} i{narrow} {draw(st.sampled_from(known[narrow]))} to i{width}", width
    if kind == "trunc":
        wide = draw(st.sampled_from([w for w in WIDTHS if w > width] or [64]))
        width = min(width, 32)
        return f"{value} i{wide} {draw(st.sampled_from(known[wide]))} to i{width}", width
    if kind == "freeze":
        return f"{value} i{width} {draw(operands)}", width
    if kind == "select":
        flag = draw(st.sampled_from(["true", "false"]))
        return f"{value} i1 {flag}, i{width} {draw(operands)}, i{width} {draw(operands)}", width
    return f"{value} i{width} {draw(operands)}, {draw(operands)}", width


def constants(width: int) -> st.SearchStrategy[str]:
    """Small numbers, powers of two and their neighbours, as IR writes them: signed."""
    powers = st.builds(lambda p, d: (1 << p) + d, st.integers(0, width - 1), st.integers(-1, 1))
    numbers = st.integers(0, 70) | powers | st.integers(0, (1 << width) - 1)
    return numbers.map(lambda n: str(signed(n % (1 << width), width)))


ARGUMENTS = st.lists(
    st.integers(0, 300)
    | st.integers(0, (1 << 64) - 1)
    | st.builds(lambda p: (1 << p) - 1, st.integers(0, 64)),
    min_size=len(WIDTHS),
    max_size=len(WIDTHS),
)
