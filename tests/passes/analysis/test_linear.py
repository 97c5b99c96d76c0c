"""A linear form has the value of what it was made from, whatever the values of its atoms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from passes.analysis.linear import LinearForms
from passes.analysis.values import index_values
from passes.ir.module import read_module
from tests.passes.machine import evaluate
from tests.passes.protected import protection

_MASK = (1 << 64) - 1
NUMBERS = st.integers(-40, 40) | st.integers(-(1 << 63), (1 << 63) - 1)
FIELDS = "{ i8, i64, [3 x i16] }"
SOURCES = ("i8", "i32", "[5 x i16]", FIELDS, "<{ i8, i32 }>", "ptr", "<4 x float>")


@st.composite
def functions(draw: st.DrawFn) -> str:
    """Integers and addresses computed from each other."""
    integers, pointers, lines = ["%a", "%b"], ["%p", "%q"], []
    for number in range(draw(st.integers(1, 12))):
        values = st.sampled_from(integers) | NUMBERS.map(str)
        is_address = draw(st.booleans())
        text = draw(_addresses(pointers, values) if is_address else _integers(values))
        lines.append(f"%v{number} = {text}")
        (pointers if is_address else integers).append(f"%v{number}")
    body = "\n  ".join(lines)
    return f"define void @f(ptr %p, ptr %q, i64 %a, i64 %b) {{\nentry:\n  {body}\n  ret void\n}}\n"


@st.composite
def _addresses(draw: st.DrawFn, pointers: list[str], values: st.SearchStrategy[str]) -> str:
    pointer, index = draw(st.sampled_from(pointers)), draw(values)
    if draw(st.booleans()):
        return f"getelementptr inbounds {FIELDS}, ptr {pointer}, i64 {index}, i32 2, i64 {draw(values)}"
    return f"getelementptr inbounds {draw(st.sampled_from(SOURCES))}, ptr {pointer}, i64 {index}"


@st.composite
def _integers(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    kind = draw(st.sampled_from(["add nuw", "sub nsw", "mul", "shl", "freeze", "or disjoint"]))
    if kind == "freeze":
        return f"freeze i64 {draw(values)}"
    right = str(draw(st.integers(0, 63))) if kind == "shl" else draw(values)
    return f"{kind} i64 {draw(values)}, {right}"


@given(functions(), st.lists(st.integers(0, _MASK) | st.integers(0, 99), min_size=4, max_size=4))
def test_a_form_has_the_value_it_stands_for(text: str, arguments: list[int]) -> None:
    function = read_module(text).functions["@f"]
    # A disjoint `or` is printed as an addition (normalise.py): the author may have lied.
    added = read_module(text.replace("or disjoint", "add"))
    values = evaluate(added, added.functions["@f"], arguments, protection("rw"))
    forms = LinearForms(index_values(function))
    for operand in (o for i in function.instructions for o in i.operands if o.type.text in ("ptr", "i64")):
        form = forms.of(operand)
        expected = values[operand.text] if operand.is_local else operand.integer
        total = sum(values[atom] * coefficient for atom, coefficient in form.terms) + form.offset
        assert (total + (values[form.base] if form.base else 0)) & _MASK == expected
