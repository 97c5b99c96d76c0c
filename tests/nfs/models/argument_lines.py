"""Argument files as the models read them: words of every line that has some."""

from __future__ import annotations


def argument_lines(args: str) -> list[list[str]]:
    return [words for line in args.split("\n") if (words := line.split("#")[0].split())]
