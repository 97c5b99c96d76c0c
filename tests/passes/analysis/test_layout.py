"""Sizes, alignments and field offsets are LLVM's."""

from __future__ import annotations

import llvmlite.binding as llvm
from hypothesis import given
from hypothesis import strategies as st

from fpcc.optimizer import TRIPLE
from passes.ir.lexer import tokenize
from passes.ir.types import Type, TypeReader

SCALARS = "i1 i7 i8 i16 i24 i32 i48 i64 i65 i128 half bfloat float double x86_fp80 fp128 ptr".split()
ELEMENTS = "i1 i8 i16 i32 i64 float double ptr".split()

vectors = st.builds("<{} x {}>".format, st.integers(1, 33), st.sampled_from(ELEMENTS))
types = st.recursive(
    st.sampled_from(SCALARS) | vectors,
    lambda inner: (
        st.builds("[{} x {}]".format, st.integers(0, 9), inner)
        | st.lists(inner, max_size=5).map(lambda found: f"{{ {', '.join(found)} }}")
        | st.lists(inner, min_size=1, max_size=5).map(lambda found: f"<{{ {', '.join(found)} }}>")
    ),
    max_leaves=8,
)


def llvm_layout(text: str) -> tuple[int, int, list[int]]:
    """Size, alignment and field offsets of a type as the code generator has them."""
    llvm.initialize_native_target()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine()
    module = llvm.parse_assembly(f"@g = global {text} zeroinitializer\n")
    kind, data = module.get_global_variable("g").global_value_type, machine.target_data
    fields = len(list(kind.elements)) if kind.is_struct else 0
    offsets = [data.get_element_offset(kind, i) for i in range(fields)]
    return data.get_abi_size(kind), data.get_abi_alignment(kind), offsets


@given(types)
def test_layout_is_llvms(text: str) -> None:
    kind, _ = TypeReader().read(tokenize(text), 0)
    offsets = [kind.field_offset(i) for i in range(len(kind.elements))] if kind.kind == "struct" else []
    assert (kind.alloc_size, kind.align, offsets) == llvm_layout(text)


@given(types)
def test_a_type_prints_as_it_was_read(text: str) -> None:
    kind, _ = TypeReader().read(tokenize(text), 0)
    again, _ = TypeReader().read(tokenize(kind.text), 0)
    assert isinstance(kind, Type)
    assert again == kind
