"""The command line of `fpcc build`: fpcc's own options, sources, and compiler flags, told apart.

Click would read `-fstack-protector` as a cluster of short options, so whatever is not an option of ours is set
aside before it parses the rest.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from fpcc.errors import InputError
from fpcc.flag_lists import SEPARATE

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,63}")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_.-]")


class BuildCommand(click.Command):
    """Hands click its own options first, and everything else as plain arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own, others = self._set_aside(ctx, args)
        return super().parse_args(ctx, [*own, "--", *others])

    def _set_aside(self, ctx: click.Context, args: list[str]) -> tuple[list[str], list[str]]:
        takes_value = {
            name: isinstance(option, click.Option) and not option.is_flag and not option.count
            for option in self.get_params(ctx)
            for name in option.opts
        }
        own: list[str] = []
        others: list[str] = []
        rest = iter(args)
        for argument in rest:
            name = argument.partition("=")[0]
            if argument == "--":
                others += rest
            elif argument.startswith("-o") and argument != "-o":
                own += ["-o", argument[2:]]
            elif name not in takes_value or not argument.startswith("-"):
                others.append(argument)
            else:
                own.append(argument)
                own += [v for v in [next(rest, None)] if v is not None] if takes_value[name] and name == argument else []
        return own, others


def split_arguments(arguments: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Sources and compiler flags; a flag that takes its value as the next argument keeps it."""
    sources: list[Path] = []
    flags: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            sources.append(Path(argument))
            continue
        flags.append(argument)
        if argument in SEPARATE:
            flags += [value for value in [next(rest, None)] if value is not None]
    return tuple(sources), tuple(flags)


def choose_name(given: str | None, first: Path) -> str:
    """The NF's name: what was given, or the first source's with what a name may not hold replaced."""
    if given is None:
        return _NOT_IN_NAME.sub("_", first.stem)[:63]
    if not _NAME.fullmatch(given):
        raise InputError(f"--name {given}: use 1 to 63 of the characters A-Z a-z 0-9 _ . -")
    return given
