"""The compiler flags a user may give, vetted: what could weaken a module's protection is refused by name.

`parse_flags(arguments)` turns a command line's flags into a frozen `CompileFlags`. Flags are passed to clang
as given, in their order, if flag_lists.py allows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fpcc.errors import InputError
from fpcc.flag_lists import (
    ALLOWED,
    CPUS,
    DEBUG,
    JOINED,
    LEVELS,
    REASONS,
    REFUSED_CPUS,
    SEPARATE,
    SINGLE,
    TWO_WORDS,
)


@dataclass(frozen=True)
class Dependencies:
    """What -MD and its companions ask for: a Make rule naming every file that was read."""

    system_headers: bool  # -MD; -MMD leaves them out
    file: str = ""  # -MF; "" means the output's name with .d
    targets: tuple[str, ...] = ()  # -MT; () means the output
    phony: bool = False  # -MP: an empty rule for every header


@dataclass(frozen=True)
class CompileFlags:
    """How one NF's sources are compiled. `arguments` go to clang and to libclang alike."""

    arguments: tuple[str, ...] = ()
    cpu: str = "x86-64-v3"
    level: str = "2"  # of our own optimisation pipeline: a value of LEVELS
    debug: bool = False  # -g: the module keeps its DWARF beyond line tables
    dependencies: Dependencies | None = None


@dataclass(frozen=True)
class _Scan:
    """The state of a walk over the arguments: what is still to read and what was found."""

    rest: tuple[str, ...]
    flags: CompileFlags = field(default_factory=CompileFlags)
    wanted: Dependencies = field(default_factory=lambda: Dependencies(system_headers=True))
    asked: bool = False  # -MD or -MMD was seen


def parse_flags(arguments: Sequence[str], march: str = "") -> CompileFlags:
    """Vets `arguments`; `march` is fpcc's own option and wins over one among them. Raises InputError."""
    scan = _Scan(rest=tuple(arguments))
    while scan.rest:
        scan = _take_flag(scan)
    if scan.wanted != Dependencies(system_headers=True) and not scan.asked:
        raise InputError("-MF, -MT and -MP need -MD or -MMD: add one of them")
    flags = replace(scan.flags, dependencies=scan.wanted if scan.asked else None)
    return replace(flags, cpu=check_cpu(march)) if march else flags


def check_cpu(name: str) -> str:
    """The CPU level `name`, if modules for it are verified."""
    if name in CPUS:
        return name
    why = REFUSED_CPUS.get(name, "not a level fpcc knows")
    raise InputError(f"-march={name}: {why}; use one of {', '.join(CPUS)}")


def _take_flag(scan: _Scan) -> _Scan:
    """Consumes one flag with its value, or refuses it."""
    flag, rest = scan.rest[0], scan.rest[1:]
    if flag in SEPARATE:
        if not rest:
            raise InputError(f"{flag}: a value must follow")
        return _record(replace(scan, rest=rest[1:]), flag, rest[0])
    scan = replace(scan, rest=rest)
    if flag in SINGLE:
        return _record(scan, flag, "")
    prefix = next((p for p in JOINED if flag.startswith(p) and len(flag) > len(p)), "")
    if prefix:
        return _record(scan, prefix, flag[len(prefix) :])
    return _pass(scan, _check_pattern(flag))


def _check_pattern(flag: str) -> str:
    """`flag`, if a list allows it."""
    if any(re.fullmatch(pattern, flag) for pattern in ALLOWED):
        return flag
    why = next((reason for pattern, reason in REASONS if re.fullmatch(pattern, flag)), "")
    if not why:
        raise InputError(
            f"{flag}: fpcc does not know this flag, and passes on none it does not know; remove it"
        )
    raise InputError(f"{flag}: refused, {why}; remove it")


def _pass(scan: _Scan, *words: str) -> _Scan:
    return replace(scan, flags=replace(scan.flags, arguments=(*scan.flags.arguments, *words)))


def _record(scan: _Scan, flag: str, value: str) -> _Scan:
    """Notes a flag whose meaning fpcc must know; all others pass as they are."""
    if flag not in _MEANINGS:
        return _pass(scan, *([flag, value] if flag in TWO_WORDS else [flag + value]))
    return _MEANINGS[flag](scan, value)


def _ask_dependencies(system_headers: bool) -> Callable[[_Scan, str], _Scan]:
    def ask(scan: _Scan, _: str) -> _Scan:
        return replace(scan, asked=True, wanted=replace(scan.wanted, system_headers=system_headers))

    return ask


def _ask_debug(more: bool) -> Callable[[_Scan, str], _Scan]:
    return lambda scan, _: replace(scan, flags=replace(scan.flags, debug=more))


def _set_target(scan: _Scan, value: str) -> _Scan:
    return replace(scan, wanted=replace(scan.wanted, targets=(*scan.wanted.targets, value)))


def _set_level(scan: _Scan, value: str) -> _Scan:
    if value not in LEVELS:
        raise InputError(f"-O{value}: no such level; use {', '.join(f'-O{level}' for level in LEVELS)}")
    return replace(scan, flags=replace(scan.flags, level=LEVELS[value]))


def _limit_errors(scan: _Scan, value: str) -> _Scan:
    """GCC's name of a flag of clang's, which would be warned about."""
    return _pass(scan, _check_pattern(f"-ferror-limit={value}"))


_MEANINGS: dict[str, Callable[[_Scan, str], _Scan]] = {
    "-MD": _ask_dependencies(True),
    "-MMD": _ask_dependencies(False),
    "-MP": lambda scan, _: replace(scan, wanted=replace(scan.wanted, phony=True)),
    "-MF": lambda scan, value: replace(scan, wanted=replace(scan.wanted, file=value)),
    "-MT": _set_target,
    "-MQ": lambda scan, value: _set_target(scan, quote_target(value)),
    "-O": _set_level,
    "-fmax-errors=": _limit_errors,
    "-march=": lambda scan, value: replace(scan, flags=replace(scan.flags, cpu=check_cpu(value))),
    **{flag: _ask_debug(more) for flag, more in DEBUG.items()},
}


def quote_target(name: str) -> str:
    """`name` as Make reads it back: spaces and # escaped, $ doubled."""
    return re.sub(r"([ \t#])", r"\\\1", name.replace("$", "$$"))


def default_dependency_file(output: Path) -> Path:
    """Where -MD without -MF writes for a module at `output`."""
    return output.with_suffix(".d")
