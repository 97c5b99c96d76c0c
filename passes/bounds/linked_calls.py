"""How bounds go from function to function: two more numbers for each pointer that is passed, and two
variables beside one that is returned.

A function of type T becomes one of type T', the same for all functions of type T, so that what is called
through a pointer is still found by its type.
"""

from __future__ import annotations

from passes.bounds.origins import Origins
from passes.bounds.program import Bounds, Program
from passes.bounds.runtime import RETURNED
from passes.ir.instruction import Instruction
from passes.ir.module import Function
from passes.normalise import define_text

_LINKAGE = frozenset({"internal", "weak", "linkonce", "linkonce_odr", "weak_odr", "hidden", "protected"})


def bounded_header(
    function: Function, program: Program, known: dict[str, Bounds] | None
) -> tuple[str, dict[str, Bounds]]:
    """The define line, and the bounds of parameters: none if `known` is given."""
    bounds: dict[str, Bounds] = {}
    parameters = [f"{p.type.text} {p.text}" for p in function.parameters]
    bounded = program.is_bounded(function)
    if bounded:
        for number, pointer in enumerate(p for p in function.parameters if p.type.text == "ptr"):
            bounds[pointer.text] = Bounds(f"%fp.p{number}.lower", f"%fp.p{number}.object")
            parameters += [f"i64 {half}" for half in bounds[pointer.text]]
    words = [t for t in function.header[1 : function.header.index(function.name)] if t in _LINKAGE]
    words += [function.convention] * bool(function.convention)
    group = next((t for t in function.header if t[0] == "#"), "")
    pinned = "noinline optnone" if function.name in program.exempt else ""
    debug = f"!dbg {function.subprogram}" if function.subprogram else ""
    head = " ".join(["define", *words, function.result.text, f"{function.name}({', '.join(parameters)})"])
    tail = " ".join(part for part in (group, pinned, debug, "{") if part)
    return f"{head} {tail}", known if known is not None else bounds


def bounded_call(call: Instruction, origins: Origins) -> list[str] | None:
    """A call with bounds; None if the callee knows of no bounds."""
    if not origins.program.passes_bounds(call):
        return None
    arguments = [f"{a.type.text} {define_text(a)}" for a in call.arguments]
    for pointer in (a for a in call.arguments if a.type.text == "ptr"):
        arguments += [f"i64 {half}" for half in origins.of(pointer)]
    tail = f"{call.tail} " if call.tail in ("tail", "notail") else ""
    words = f"{call.convention} " if call.convention else ""
    value = f"{call.name} = " if call.name else ""
    return [f"{value}{tail}call {words}{call.type.text} {call.callee}({', '.join(arguments)})"]


def bounded_return(end: Instruction, origins: Origins) -> list[str] | None:
    """A return with bounds; None if it returns no pointer, or the host does not want to know."""
    if (
        not end.operands
        or end.operands[0].type.text != "ptr"
        or not origins.program.is_bounded(origins.function)
    ):
        return None
    bounds = origins.of(end.operands[0])
    stores = [f"store i64 {half}, ptr {place}, align 8" for half, place in zip(bounds, RETURNED, strict=True)]
    return [*stores, f"ret ptr {define_text(end.operands[0])}"]
