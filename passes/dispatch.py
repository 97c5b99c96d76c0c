"""Indirect calls in a closed world: one function a type, which compares its target with every candidate.

The candidates are the module's own functions of that type whose address is taken; any other target traps. So
no call through a register is left, and a wild pointer reaches nothing the program could not call itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Set
from dataclasses import dataclass

from passes.ir.instruction import Instruction
from passes.ir.module import Function, Module
from passes.ir.operand import Operand


def address_taken(module: Module) -> set[str]:
    """Names of globals and functions used otherwise than as the callee of a call."""
    initializers = [v.initializer for v in module.globals.values() if v.initializer is not None]
    used = (_uses(i) for function in module.functions.values() for i in function.instructions)
    taken: set[str] = set()
    for operand in itertools.chain(initializers, *used):
        taken |= operand.names()
    return taken


def _uses(instruction: Instruction) -> tuple[Operand, ...]:
    """All operands but the function a direct call calls."""
    is_direct = instruction.opcode == "call" and instruction.operands[-1].is_global
    return instruction.operands[:-1] if is_direct else instruction.operands


def host_called(
    module: Module, trusted: Mapping[str, frozenset[int]], taken: Set[str]
) -> dict[str, frozenset[int]]:
    """The entry points only the host calls ("@name"), with the parameters it hands in.

    A module may call its own entry points, too, with any address it likes: those trust nobody. `taken` are
    the names whose address is.
    """
    called = taken | {
        instruction.callee
        for function in module.functions.values()
        for instruction in function.instructions
        if instruction.opcode == "call"
    }
    found = {name: module.functions[f"@{name}"] for name in trusted if f"@{name}" in module.functions}
    return {
        f"@{name}": frozenset(position for position in trusted[name] if position < len(function.parameters))
        for name, function in found.items()
        if f"@{name}" not in called
    }


@dataclass(frozen=True)
class Dispatcher:
    """A function that stands for one indirect call: name, type, candidates and debug nodes ("" for none)."""

    name: str
    signature: str
    candidates: tuple[Function, ...]
    subprogram: str = ""
    location: str = ""


def dispatch_function(dispatcher: Dispatcher, trap: str) -> list[str]:
    """A function that calls whichever of the candidates its first argument is, or traps."""
    name, signature, candidates = dispatcher.name, dispatcher.signature, dispatcher.candidates
    result, _, inner = signature.partition(" (")
    inner = inner.removesuffix(")")
    types = _split_types(inner)
    parameters = [f"{t} %a{i}" for i, t in enumerate(types)]
    subprogram = f" !dbg {dispatcher.subprogram}" if dispatcher.subprogram else ""
    location = f", !dbg {dispatcher.location}" if dispatcher.location else ""
    lines = [
        f"define internal {result} {name}({', '.join(['ptr %target', *parameters])}) #0{subprogram} {{",
        "entry:",
    ]
    for number, function in enumerate(candidates):
        returned = "" if result == "void" else "%r" + str(number)
        assign = f"{returned} = " if returned else ""
        convention = f"{function.convention} " if function.convention else ""
        lines += [
            f"%is{number} = icmp eq ptr %target, {function.name}",
            f"br i1 %is{number}, label %call{number}, label %next{number}",
            f"call{number}:",
            f"{assign}tail call {convention}{result} {function.name}({', '.join(parameters)}){location}",
            f"ret {result} {returned}".rstrip(),
            f"next{number}:",
        ]
    return [*lines, trap + location, "unreachable", "}"]


def _split_types(inner: str) -> list[str]:
    types, depth, start = [], 0, 0
    for at, character in enumerate(inner):
        depth += character in "([{<"
        depth -= character in ")]}>"
        if character == "," and depth == 0:
            types.append(inner[start:at].strip())
            start = at + 1
    return [*types, inner[start:].strip()] if inner.strip() else []
