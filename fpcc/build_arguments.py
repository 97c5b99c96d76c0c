"""The command line of `fpcc build`: fpcc's own options, sources, and compiler flags, told apart.

Click would read `-fstack-protector` as a cluster of short options, so whatever is not an option of ours is
set aside before it parses the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from fpcc.errors import InputError
from fpcc.flag_lists import SEPARATE

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,63}")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def set_aside(arguments: list[str], takes_value: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """fpcc's own options with their values, and everything else in its order.

    `takes_value` has each own option's spellings. `-oFILE` is `-o FILE`; after `--` nothing is an option.
    """
    own: list[str] = []
    others: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, _ = argument.partition("=")
        if argument == "--":
            others += rest
        elif argument.startswith("-o") and argument != "-o":
            own += ["-o", argument[2:]]
        elif name not in takes_value:
            others.append(argument)
        else:
            own += [argument, *(_take(rest) if takes_value[name] and not equals else ())]
    return own, others


def split_arguments(arguments: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Sources and compiler flags; a flag that takes its value as the next argument keeps it."""
    sources: list[Path] = []
    flags: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            sources.append(Path(argument))
        else:
            flags += [argument, *(_take(rest) if argument in SEPARATE else ())]
    return tuple(sources), tuple(flags)


def choose_name(given: str | None, first: Path) -> str:
    """The NF's name: what was given, or the first source's with what a name may not hold replaced."""
    if given is None:
        return _NOT_IN_NAME.sub("_", first.stem)[:63]
    if not _NAME.fullmatch(given):
        raise InputError(f"--name {given}: use 1 to 63 of the characters A-Z a-z 0-9 _ . -")
    return given


def _take(rest: Iterator[str]) -> list[str]:
    return [value for value in [next(rest, None)] if value is not None]
