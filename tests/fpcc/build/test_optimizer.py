"""What comes back from clang's optimiser has a name for every value, and still computes the same."""

from __future__ import annotations

import re

import pytest

from fpcc.errors import InternalError
from fpcc.optimizer import emit_assembly, name_values, optimise

CPU = "x86-64-v3"
NUMBERED = """target triple = "x86_64-unknown-linux-musl"
@text = private constant [4 x i8] c"%1%2"
@"%3 4" = global i64 0

define i64 @f(i64 %0, i64 %t1, i1 %t_2) {
entry:
  %1 = add i64 %0, %t1
  %2 = load volatile i64, ptr @"%3 4"
  br i1 %t_2, label %3, label %5

3:                                                ; preds = %entry
  %4 = mul i64 %1, %2
  br label %5

5:                                                ; preds = %3, %entry
  %6 = phi i64 [ %4, %3 ], [ %1, %entry ]
  call void asm sideeffect "# %1", ""()
  ret i64 %6
}
"""
BROKEN = """define i64 @f(i64 %x) {
entry:
  %a = add i64 %b, 1
  %b = add i64 %a, 1
  ret i64 %b
}
"""
SLOTS = """target triple = "x86_64-unknown-linux-musl"
define i64 @f(i64 %0) {
  %2 = alloca i64, align 8
  store i64 %0, ptr %2, align 8
  br label %3

3:
  %4 = load i64, ptr %2, align 8
  ret i64 %4

unreached:
  ret i64 1
}
"""


def test_every_number_becomes_a_name_of_its_own_and_texts_stay() -> None:
    named = name_values(NUMBERED)
    assert emit_assembly(named, CPU) == emit_assembly(NUMBERED, CPU)
    assert re.findall(r"%\d[^\n]*", named) == ['%1%2"', '%3 4" = global i64 0', '%3 4"', '%1", ""()']
    assert "%t1" in named and "%t_2" in named


def test_names_that_are_there_are_kept() -> None:
    tidy = SLOTS.replace("%", "%v").replace("\n3:", "\nv3:")
    assert name_values(tidy) == tidy


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "s", "z"])
def test_nothing_is_nameless_or_unreached_at_any_level(level: str) -> None:
    optimised = optimise(SLOTS, level, CPU)
    assert "alloca" not in optimised and "unreached" not in optimised
    assert not re.search(r"%\d|^\d+:|\{\n ", optimised, re.M)


def test_a_broken_module_is_a_defect_of_ours_not_of_clang() -> None:
    with pytest.raises(InternalError, match="optimise"):
        optimise(BROKEN, "2", CPU)
