"""The limits of the house, and the functions that may break one, each with the reason why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    file_lines: int
    function_lines: int
    nesting: int
    parameters: int


PYTHON = Limits(file_lines=300, function_lines=50, nesting=2, parameters=5)
C = Limits(file_lines=400, function_lines=50, nesting=2, parameters=5)


@dataclass(frozen=True)
class Function:
    """What can be counted of a function."""

    name: str
    line: int
    lines: int
    nesting: int
    parameters: int


# Functions that may be longer, deeper or wider than the rest, and why.
EXCEPTIONS = {
    "wasmtime_linker_define_func_unchecked": "not ours: a declaration of wasmtime's",
    "fp_arena_map": "the parameters of mmap(), and where errors go",
    "fp_module_load": "everything the loader may rely on is named in its one call",
}


def check_file(path: str, lines: int, functions: list[Function], limits: Limits) -> list[str]:
    """What in a file goes past the limits, as `file:line: what`."""
    found = []
    if lines > limits.file_lines:
        found.append(f"{path}:1: {lines} lines, at most {limits.file_lines}: split it")
    for function in functions:
        if function.name not in EXCEPTIONS:
            found += [f"{path}:{function.line}: {function.name}: {what}" for what in excess(function, limits)]
    return found


def excess(function: Function, limits: Limits) -> list[str]:
    """What of the function goes past the limits."""
    counted = (
        (function.lines, limits.function_lines, "lines"),
        (function.nesting, limits.nesting, "levels of nesting"),
        (function.parameters, limits.parameters, "parameters"),
    )
    return [f"{count} {what}, at most {limit}" for count, limit, what in counted if count > limit]
