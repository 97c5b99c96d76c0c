"""Prepared modules still compute what they did, whatever an optimiser had found out about them before."""

from __future__ import annotations

from ctypes import CFUNCTYPE, c_int64

import llvmlite.binding as llvm
import pytest

from fpcc.optimizer import optimise
from passes.prepare import prepare_module

# A callee has its own copy of a structure and of variable arguments, so `tail` is right before the edit;
# after it the callee reads the caller's locals, and `tail` would let LLVM drop the stores to them.
BY_VALUE = """
%three = type { i64, i64, i64 }
define i64 @process(i64 %x) {
entry:
  %local = alloca %three, align 8
  store i64 %x, ptr %local, align 8
  %found = tail call i64 @callee(ptr nonnull byval(%three) align 8 %local)
  ret i64 %found
}
define internal i64 @callee(ptr nonnull byval(%three) align 8 %copy) noinline {
entry:
  %found = load volatile i64, ptr %copy, align 8
  ret i64 %found
}
"""
VARIADIC = """
define i64 @process(i64 %x) {
entry:
  %found = tail call i64 (i64, ...) @callee(i64 1, i64 %x)
  ret i64 %found
}
define internal i64 @callee(i64 %count, ...) noinline {
entry:
  %list = alloca [24 x i8], align 16
  call void @llvm.va_start.p0(ptr %list)
  %slot = getelementptr i8, ptr %list, i64 8
  %area = load ptr, ptr %slot, align 8
  %found = load volatile i64, ptr %area, align 8
  ret i64 %found
}
declare void @llvm.va_start.p0(ptr)
"""


@pytest.mark.parametrize("text", [BY_VALUE, VARIADIC], ids=["by_value", "variadic"])
def test_a_prepared_call_still_passes_its_arguments(text: str) -> None:
    prepared = prepare_module(text, ("process",), (), abort_trap=1)
    assert _run(optimise(prepared, "2", "x86-64-v3"), 4711) == 4711


def _run(text: str, argument: int) -> int:
    module = llvm.parse_assembly(text)
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    process = CFUNCTYPE(c_int64, c_int64)(engine.get_function_address("process"))
    return int(process(argument))
