"""How the passes lay out a function they print: as LLVM does, so that the reader reads it back."""

from __future__ import annotations

from collections.abc import Iterable


def lay_out_body(lines: Iterable[str]) -> list[str]:
    """Indents instructions; labels, `define` and `}` stay at the margin."""
    return [line if line.endswith((":", "{")) or line == "}" else f"  {line}" for line in lines]
