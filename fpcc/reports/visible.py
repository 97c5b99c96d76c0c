"""Text of a hostile author made harmless to look at.

Control characters could drive a terminal; invisible and direction-changing ones could show a reviewer another
program than the compiler saw (CVE-2021-42574). Each becomes a visible stand-in. Tabs become spaces up to the
next multiple of `TAB` columns when the caller says where the text starts.
"""

from __future__ import annotations

import unicodedata

TAB = 8

_CONTROL_PICTURES = 0x2400  # U+2400 SYMBOL FOR NULL; the other C0 controls follow in order
_DELETE = "\u2421"
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # Unicode categories that show nothing of their own


def make_visible(text: str) -> str:
    """The text in one line, each character that shows nothing or moves others replaced by a visible one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(c) for c in text)


def expand_tabs(text: str, column: int) -> str:
    """Tabs as spaces; `column` is how many columns stand before the text in its line."""
    result = []
    for c in text:
        shown = " " * (TAB - column % TAB) if c == "\t" else c
        result.append(shown)
        column += len(shown)
    return "".join(result)


def _visible(c: str) -> str:
    if c < " ":
        return chr(_CONTROL_PICTURES + ord(c))
    if c == "\x7f":
        return _DELETE
    return f"<U+{ord(c):04X}>" if unicodedata.category(c) in _HIDDEN else c
