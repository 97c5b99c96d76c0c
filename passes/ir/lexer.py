"""Tokens of one line of textual IR.

Contract: every character of a line is part of a token or white space; anything else is refused, so that
nothing an instruction says can go unread.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
      [%@]"[^"]*" | [%@][-\w$.]+            # values, types, labels, globals
    | c"[^"]*" | !"[^"]*" | "[^"]*"         # strings; LLVM escapes a quote as \22
    | ![-\w$.\\]* | \#\w+                   # metadata, attribute groups, debug records
    | -?\d+\.\d*(?:e[+-]?\d+)? | (?:f|)0x[KLMHR]?[0-9A-Fa-f]+ | [+-](?:inf|nan|qnan)\b | -?\d+
    | \.\.\. | [A-Za-z_$.][\w.$-]* | [()\[\]{}<>,=*|:]
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")


class IRSyntaxError(ValueError):
    """IR that this reader does not know: a defect of ours or an LLVM of another version."""


def tokenize(line: str) -> list[str]:
    """Tokens of `line` without its comment; raises IRSyntaxError at a character that starts none."""
    tokens: list[str] = []
    position = 0
    end = len(line)
    while True:
        position = _SPACE.match(line, position).end()  # type: ignore[union-attr]
        if position == end or line[position] == ";":
            return tokens
        match = _TOKEN.match(line, position)
        if match is None:
            raise IRSyntaxError(f"unknown character {line[position]!r} in IR line: {line.strip()}")
        tokens.append(match.group())
        position = match.end()
