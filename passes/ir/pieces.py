"""The tokens of a definition, declaration or call, cut into their pieces."""

from __future__ import annotations

from passes.ir.operand import skip_attributes, skip_group, skip_to_type
from passes.ir.types import TypeReader


def callee_position(tokens: list[str]) -> int:
    """Where the name in a definition, declaration or direct call is."""
    return next(i for i, t in enumerate(tokens) if t[0] == "@" and tokens[i + 1] == "(")


def arguments_position(tokens: list[str], start: int, types: TypeReader) -> int:
    """Where the argument list of a call opens: after the callee, which is a name or a constant expression."""
    _, at = types.read(tokens, skip_to_type(tokens, start, types))
    return at + 1


def split_list(tokens: list[str]) -> list[list[str]]:
    """Splits at the commas outside brackets."""
    parts: list[list[str]] = []
    start = at = 0
    while at < len(tokens):
        if tokens[at] in ("(", "[", "{", "<"):
            at = skip_group(tokens, at)
            continue
        if tokens[at] == ",":
            parts.append(tokens[start:at])
            start = at + 1
        at += 1
    return [*parts, tokens[start:]] if tokens else []


def drop_byval(part: list[str]) -> tuple[list[str], list[str] | None]:
    """One parameter's tokens without `byval(T) align N`, and those words.

    Its other attributes go as well: they told of the callee's copy (`writeonly`, `initializes`).
    """
    if "byval" not in part:
        return list(part), None
    at = part.index("byval")
    end = skip_group(part, at + 1)
    if part[end : end + 1] == ["align"]:
        end += 2
    return [part[0], *part[skip_attributes(part, 1) :]], part[at:end]


def drop_comdat(tokens: list[str]) -> list[str]:
    """A definition's tokens without its comdat."""
    if "comdat" not in tokens:
        return tokens
    at = tokens.index("comdat")
    end = skip_group(tokens, at + 1) if tokens[at + 1 : at + 2] == ["("] else at + 1
    return tokens[:at] + tokens[end:]
