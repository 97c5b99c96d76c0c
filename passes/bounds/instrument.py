"""The door of the pass: an optimised module in, the same with bounds beside its pointers out.

Requires: every value named, no unreachable blocks, exempt functions pinned (exempt.py). Gives valid IR
to be linked with runtime/module/bounds*.c and optimised again. What it adds is code of the module like any
other: protection comes after it and does not rely on it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from passes.bounds.counted import COUNTED_DECLARATIONS
from passes.bounds.entries import INITIAL, define_stand_in, stand_in
from passes.bounds.program import ANCHOR, UNKNOWN, Program
from passes.bounds.runtime import DECLARATIONS, FAULT, FAULT_DECLARATION, FUNCTIONS
from passes.bounds.writer import BoundsWriter
from passes.dispatch import address_taken
from passes.forbidden import refuse_file_assembly
from passes.ir.layout import lay_out_body
from passes.ir.module import Module, read_module
from passes.ir.operand import Operand
from passes.model import Check, Location, Refusal, RefusedError, Site
from passes.rewrite import UNLIKELY

_STRINGS = re.compile(r'"[^"]*"(?:="[^"]*")?')
_RECORD = "{ ptr, ptr, i64 }"


@dataclass(frozen=True)
class Instrumented:
    """The module's text, all accesses that bounds say something about, and where objects come from."""

    text: str
    checks: tuple[Check, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True)
class Request:
    """`entries` are the functions that the host calls. With `checks_unknown`, pointers of which nothing is
    known are held to the arena here, since protection would only cut them. `is_counted`: counted.py."""

    entries: Collection[str]
    checks_unknown: bool = False
    is_counted: bool = False


def instrument_module(text: str, request: Request) -> Instrumented:
    """Instruments a module. Raises RefusedError, IRSyntaxError."""
    refuse_file_assembly(text)
    module = read_module(text)
    _refuse_own_runtime(module)
    program = Program(module, text, frozenset(request.entries), request.checks_unknown, request.is_counted)
    bodies = {name: BoundsWriter(f, program).write() for name, f in module.functions.items()}
    taken = address_taken(module)
    used = [f for name, f in module.functions.items() if name in taken and not program.is_bounded(f)]
    lines = list(stand_in(_surround(text, bodies), used))
    lines += [line for function in used for line in define_stand_in(function)]
    lines += [*_initial_values(program), *DECLARATIONS, *COUNTED_DECLARATIONS, FAULT_DECLARATION]
    lines = [*_number_weights(lines, module), *_new_metadata(text, module)]
    return Instrumented("\n".join(lines) + "\n", tuple(program.checks), tuple(program.sites))


def _refuse_own_runtime(module: Module) -> None:
    names = {*FUNCTIONS, FAULT} & {*module.functions, *module.globals}
    if names:
        reason = f"`{min(names)[1:]}` is a name of fpcc's own in mode `pointer`"
        raise RefusedError([Refusal(Location(), "", reason, "choose another name")])


def _surround(text: str, bodies: dict[str, list[str]]) -> Iterator[str]:
    """The module line by line, with `bodies` for its functions, and no attribute that is no longer true."""
    inside = False
    for line in text.splitlines():
        if line.startswith("define "):
            inside = True
            yield from lay_out_body(bodies[next(n for n in _named_functions(line) if n in bodies)])
        elif line.startswith("attributes "):
            group, _, words = line.partition(" = ")
            yield f"{group} = {{ noinline nounwind {' '.join(_STRINGS.findall(words))} }}"
        elif not inside:
            yield line
        inside = inside and line != "}"


def _new_metadata(text: str, module: Module) -> list[str]:
    """Nodes that were added to the module's."""
    known = set(re.findall(r"^(!\d+) = ", text, re.MULTILINE))
    added = ((n, v) for n, v in module.metadata.items() if n[1:].isdigit() and n not in known)
    return [f"{node} = {value}" for node, value in added]


def _number_weights(lines: list[str], module: Module) -> list[str]:
    """The lines with a node for the weights of branches to failures, and that node."""
    number = 1 + max((int(n[1:]) for n in module.metadata if n[1:].isdigit()), default=-1)
    weights = f", !prof !{number}"
    lines = [line.replace(UNLIKELY, weights) if line.startswith("  br ") else line for line in lines]
    return [*lines, f'!{number} = !{{!"branch_weights", i32 1, i32 1048576}}']


def _named_functions(line: str) -> list[str]:
    return re.findall(r'@(?:[-\w$.]+|"[^"]*")(?=\()', line)


def _initial_values(program: Program) -> list[str]:
    """The records of pointers in variables' initial values, and the place that stands for the arena."""
    records = [*_initial_records(program), f"{_RECORD} zeroinitializer"]
    return [
        f"{ANCHOR} = internal constant i8 0",
        f"{INITIAL} = internal constant [{len(records)} x {_RECORD}] [{', '.join(records)}]",
    ]


def _initial_records(program: Program) -> Iterator[str]:
    """A record for each pointer to a variable in a variable's initial value: see bounds.c."""
    for name, variable in program.module.globals.items():
        if variable.initializer is not None and not name.startswith("@llvm."):
            found = _pointers_in(variable.initializer, 0)
            slots = ((f"getelementptr (i8, ptr {name}, i64 {offset})", pointer) for offset, pointer in found)
            yield from (record for slot, pointer in slots for record in _record_of(program, slot, pointer))


def _record_of(program: Program, slot: str, pointer: Operand) -> Iterator[str]:
    while pointer.expression is not None and pointer.expression.opcode == "getelementptr":
        pointer = pointer.expression.operands[0]
    bounds = program.bounds_of_global(pointer.text) if pointer.is_global else UNKNOWN
    if bounds is not UNKNOWN:
        yield f"{_RECORD} {{ ptr {slot}, ptr {pointer.text}, i64 {bounds.object} }}"


def _pointers_in(value: Operand, offset: int) -> Iterator[tuple[int, Operand]]:
    """Pointers in a constant, and their offsets."""
    if value.type.text == "ptr":
        yield offset, value
    for index, element in enumerate(value.elements):
        at = (
            value.type.field_offset(index) if value.type.kind == "struct" else index * element.type.alloc_size
        )
        yield from _pointers_in(element, offset + at)
