"""What instrumented code calls: the functions of runtime/module/bounds*.c, and the one that ends a call."""

from __future__ import annotations

BOUNDS = "{ i64, i64 }"  # where an object begins; its site << 32 | its size
LOAD, STORE, COPY, BEGIN = "@fp_bounds_load", "@fp_bounds_store", "@fp_bounds_copy", "@fp_bounds_begin"
FORGET = "@fp_bounds_forget"
ENTER_PROCESS, ENTER_INIT = "@fp_bounds_enter_process", "@fp_bounds_enter_init"
FAULT = "@fp_bounds_fault"
REPORT = "@fp_bounds_report"
OTHERS = ("@fp_bounds_is_empty", "@fp_bounds_opened")  # that these call
FUNCTIONS = (LOAD, STORE, COPY, FORGET, BEGIN, ENTER_PROCESS, ENTER_INIT, REPORT, *OTHERS)

# Bounds of the pointer that the last function to return one has returned: registers would not do, the
# calling convention has two for results.
RETURNED = ("@fp_bounds_lower", "@fp_bounds_object")

DECLARATIONS = (
    *(f"{name} = internal global i64 0" for name in RETURNED),
    f"declare {BOUNDS} {LOAD}(ptr, i64)",
    f"declare void {STORE}(ptr, i64, i64, i64)",
    f"declare void {COPY}(ptr, ptr, i64)",
    f"declare void {FORGET}(ptr)",
    f"declare void {BEGIN}(ptr)",
    f"declare {BOUNDS} {ENTER_PROCESS}(ptr, i32, i32)",
    f"declare {BOUNDS} {ENTER_INIT}(ptr, i32, i32, i32)",
)
FAULT_DECLARATION = f"declare void {FAULT}(ptr, i64, i64, i64, i32) noreturn cold"
_FAULT_DEFINITION = (
    f"define internal void {FAULT}(ptr %pointer, i64 %lower, i64 %object, i64 %size, i32 %check)"
)


def define_fault(text: str, trap: int) -> str:
    """The optimised module with the function a failed check calls.

    All it does is trap with its arguments where the calling convention puts them (rdi: the pointer, rsi:
    lower, rdx: site << 32 | size, rcx: bytes accessed, r8d: the check's number): the host reads them there,
    and the place of the call off the stack. So it is defined last: the optimiser would drop arguments
    that nothing uses.
    """
    lines = [line for line in text.splitlines() if f" {FAULT}(" not in line or line[:8] != "declare "]
    body = ["entry:", f"  call void @llvm.ubsantrap(i8 {trap})", "  unreachable", "}"]
    return "\n".join([*lines, f"{_FAULT_DEFINITION} {{", *body]) + "\n"
