"""Every value a program computes lies in the range that was found for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passes.analysis.ranges import Ranges, condition_ranges
from passes.analysis.values import index_values
from passes.ir.module import read_module
from passes.ir.operand import Operand
from passes.ir.types import Type
from tests.passes.analysis.straight_line import ARGUMENTS, Program, constants, programs
from tests.passes.operations import compare_integers

PREDICATES = "eq ne ult ule ugt uge slt sle sgt sge".split()


@given(programs(), st.lists(ARGUMENTS, min_size=1, max_size=4), st.integers(0, 1 << 16))
def test_values_lie_in_their_ranges(program: Program, inputs: list[list[int]], seed: int) -> None:
    ranges = Ranges(index_values(program.function))
    for values in (program.run(arguments, seed) for arguments in inputs):
        for name, value in (values or {}).items():
            low, high = ranges.of(Operand(kind_of(program, name), name))
            assert low <= value <= high, name


@given(programs(), ARGUMENTS, st.integers(0, 1 << 16), st.data())
def test_values_lie_in_their_ranges_where_conditions_hold(
    program: Program, arguments: list[int], seed: int, data: st.DataObject
) -> None:
    values = program.run(arguments, seed)
    if values is None:
        return
    chosen = data.draw(st.sampled_from(sorted(values)))
    below, above = data.draw(st.integers(0, values[chosen])), data.draw(st.integers(0, 300))
    conditions = {chosen: (values[chosen] - below, values[chosen] + above)}
    ranges = Ranges(index_values(program.function))
    for name, value in values.items():
        low, high = ranges.of(Operand(kind_of(program, name), name), conditions)
        assert low <= value <= high, name


@given(st.sampled_from(PREDICATES), constants(16), constants(16), st.booleans())
def test_a_condition_holds_of_what_fulfils_it(predicate: str, value: str, bound: str, holds: bool) -> None:
    text = f"define void @f(i16 %x) {{\nentry:\n  %c = icmp {predicate} i16 %x, {bound}\n  ret void\n}}\n"
    compare = read_module(text).functions["@f"].blocks[0].instructions[0]
    number = int(value) % (1 << 16)
    if compare_integers(predicate, number, int(bound) % (1 << 16), 16) != holds:
        return
    low, high = condition_ranges(compare, holds).get("%x", (number, number))
    assert low <= number <= high


def kind_of(program: Program, name: str) -> Type:
    """The type of a value of the program."""
    parameters = {p.text: p.type for p in program.function.parameters}
    return parameters.get(name) or next(i.type for i in program.function.instructions if i.name == name)
