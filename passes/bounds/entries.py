"""Entry points, which the host calls by types of its own.

What the host hands in has bounds, too: the batch, each packet's buffer, the argument file. A module that
takes an entry point's address gets that of a function which takes bounds, as all others do, and drops them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from passes.bounds.counted import begin_counting
from passes.bounds.origins import Origins
from passes.bounds.program import Bounds, Program
from passes.bounds.runtime import BEGIN, BOUNDS, ENTER_INIT, ENTER_PROCESS
from passes.ir.module import Function

INITIAL = "@fp_bounds_initial"
# Entry point -> the function that describes its argument, and the kinds and names of the objects.
_ENTRIES = {
    "process": (ENTER_PROCESS, (("batch", ""), ("packet", ""))),
    "init": (ENTER_INIT, (("args", "structure"), ("args", "text"), ("args", "name"))),
}


def enter(function: Function, program: Program, origins: Origins) -> list[str]:
    """Lines at the start of an entry point; none in other functions."""
    name = function.name[1:]
    if name not in program.entries:
        return []
    place = program.place_helper(function, None)
    lines = [f"call void {BEGIN}(ptr {INITIAL}, i64 FP_INITIAL_COUNT){place}"]
    lines += [f"{line}{place}" for line in begin_counting(function) if program.is_counted]
    pointers = [p for p in function.parameters if p.type.text == "ptr"]
    if name not in _ENTRIES or len(pointers) != 1:
        return lines
    describer, objects = _ENTRIES[name]
    sites = "".join(f", i32 {program.add_site(kind, shown)}" for kind, shown in objects)
    lines += [
        f"%fp.entered = call {BOUNDS} {describer}(ptr {pointers[0].text}{sites}){place}",
        f"%fp.entered.lower = extractvalue {BOUNDS} %fp.entered, 0{place}",
        f"%fp.entered.object = extractvalue {BOUNDS} %fp.entered, 1{place}",
    ]
    origins.parameters[pointers[0].text] = Bounds("%fp.entered.lower", "%fp.entered.object")
    return lines


def stand_in(lines: Iterable[str], functions: Iterable[Function]) -> Iterator[str]:
    """The module's lines, with what stands for entry points where these are used as addresses."""
    names = {f.name: f"@fp_bounds_call_{f.name[1:]}" for f in functions}
    if not names:
        yield from lines
        return
    address = re.compile(rf'"[^"]*"|({"|".join(names)})(?![-\w$.]| ?\()')
    for line in lines:
        yield address.sub(lambda found: names[found[1]] if found[1] else found[0], line)


def define_stand_in(function: Function) -> list[str]:
    """The function that stands for an entry point whose address the module takes."""
    types = [p.type.text for p in function.parameters]
    bounds = ["i64"] * 2 * types.count("ptr")
    parameters = ", ".join(f"{t} %a{i}" for i, t in enumerate([*types, *bounds]))
    arguments = ", ".join(f"{t} %a{i}" for i, t in enumerate(types))
    result = function.result.text
    value, returned = ("", "ret void") if result == "void" else ("%r = ", f"ret {result} %r")
    return [
        f"define internal {result} @fp_bounds_call_{function.name[1:]}({parameters}) {{",
        "entry:",
        f"  {value}call {result} {function.name}({arguments})",
        f"  {returned}",
        "}",
    ]
