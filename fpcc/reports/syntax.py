"""Just enough C to colour a source: comments, strings, directives, keywords. Linear in the text's length,
whatever the text is: it comes from the author under review."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

KEYWORDS = frozenset(
    """auto break case char const continue default do double else enum extern float for goto if inline int
    long register restrict return short signed sizeof static struct switch typedef union unsigned void
    volatile while _Atomic _Bool _Static_assert bool true false NULL""".split()
)

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)
      | (?P<directive>^[ \t]*\#[ \t]*\w*)
      | (?P<word>\w+)""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True)
class Stretch:
    """Characters start..end of one line that are of one kind."""

    start: int
    end: int
    kind: str  # "comment", "string", "directive", "keyword"


def classify_lines(text: str) -> list[list[Stretch]]:
    """The coloured stretches of every line of `text.split("\\n")`, in order."""
    starts = [0] + [match.end() for match in re.finditer("\n", text)]
    lines: list[list[Stretch]] = [[] for _ in starts]
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "word":
            kind = "keyword" if match[0] in KEYWORDS else ""
        if kind:
            _add(lines, starts, match.span(), kind)
    return lines


def _add(lines: list[list[Stretch]], starts: list[int], span: tuple[int, int], kind: str) -> None:
    """Cuts a token at line ends."""
    start, end = span
    index = bisect_right(starts, start) - 1
    while start < end:
        line_end = starts[index + 1] - 1 if index + 1 < len(starts) else end
        if start < min(end, line_end):
            lines[index].append(Stretch(start - starts[index], min(end, line_end) - starts[index], kind))
        start = line_end + 1
        index += 1
