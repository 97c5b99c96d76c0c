"""Tokens of one line of textual IR.

Contract: every character of a line is part of a token or white space; anything else is refused, so that
nothing an instruction says can go unread.
"""

from __future__ import annotations

import re

_TOKEN = r"""
      [%@]"[^"]*" | [%@][-\w$.]+            # values, types, labels, globals
    | c"[^"]*" | !"[^"]*" | "[^"]*"         # strings; LLVM escapes a quote as \22
    | ![-\w$.\\]* | \#\w+                   # metadata, attribute groups, debug records
    | -?\d+\.\d*(?:e[+-]?\d+)? | (?:f|)0x[KLMHR]?[0-9A-Fa-f]+ | [+-](?:inf|nan|qnan)\b | -?\d+
    | \.\.\. | [A-Za-z_$.][\w.$-]* | [()\[\]{}<>,=*|:]
    """
_ONE = re.compile(_TOKEN, re.VERBOSE)
_LINE = re.compile(rf"{_TOKEN} | \S.*", re.VERBOSE)  # what starts no token takes the rest of the line


class IRSyntaxError(ValueError):
    """IR that this reader does not know: a defect of ours or an LLVM of another version."""


def tokenize(line: str) -> list[str]:
    """Tokens of `line` without its comment; raises IRSyntaxError at a character that starts none."""
    tokens: list[str] = _LINE.findall(line)
    if not tokens or _ONE.fullmatch(tokens[-1]):
        return tokens
    rest = tokens.pop()
    if rest[0] != ";":
        raise IRSyntaxError(f"unknown character {rest[0]!r} in IR line: {line.strip()}")
    return tokens
