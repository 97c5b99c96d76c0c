"""Builds that count what mode `pointer` does for each packet; they are slower, and not what is timed."""

from __future__ import annotations

from passes.bounds.runtime import REPORT
from passes.ir.module import Function

_KINDS = ("loads", "stores", "copies", "checks")  # in the order of bounds.c
_PLACE = "@fp_bounds_counted"
COUNTED_DECLARATIONS = (
    f"{_PLACE} = internal global [{len(_KINDS)} x i64] zeroinitializer, align 8",
    f"declare void {REPORT}(ptr, ptr)",
)


def count_one(kind: str, name: str) -> list[str]:
    """Lines that count one more; `name` is for their values."""
    place = f"getelementptr (i8, ptr {_PLACE}, i64 {8 * _KINDS.index(kind)})"
    return [
        f"{name}.before = load i64, ptr {place}, align 8",
        f"{name}.after = add i64 {name}.before, 1",
        f"store i64 {name}.after, ptr {place}, align 8",
    ]


def begin_counting(function: Function) -> list[str]:
    """Lines at the start of process(): what init() has done does not count."""
    is_process = function.name == "@process"
    return [f"store [{len(_KINDS)} x i64] zeroinitializer, ptr {_PLACE}, align 8"] if is_process else []


def report_counted(function: Function) -> list[str]:
    """Lines before a return of process()."""
    is_process = function.name == "@process" and len(function.parameters) == 1
    return [f"call void {REPORT}(ptr {_PLACE}, ptr {function.parameters[0].text})"] if is_process else []
