"""What a piece of source says where a macro says it: libclang shows where a macro is used, not what it holds.

Found by reading `#define` lines of the NF's own files. An approximation, good enough for early errors: the
last definition of a name counts, arguments are not substituted.
"""

from __future__ import annotations

import re
from typing import Any

from fpcc.libclang import library
from fpcc.syntax_tree import Tree

_IN_MACRO = 1 << 31  # bit of libclang's raw locations
_DEEPEST = 8  # macros within macros
_WORD = re.compile(r"[A-Za-z_]\w*")
_FIRST = re.compile(r"(?:\w+\s*::\s*)?(\w+)")  # an attribute's namespace says nothing


def read_written_text(tree: Tree, cursor: Any) -> str:
    """The word `cursor` begins with, or what the macro there stands for; "" outside the NF's files."""
    start = library().clang_getRangeStart(library().clang_getCursorExtent(cursor))
    place = tree.find_location(start)
    if place is None:
        return ""
    found = _FIRST.match(place[0].data[place[1] : place[1] + 200].decode(errors="replace"))
    word = found.group(1) if found else ""
    return _expand(tree, word, _DEEPEST) if start.int_data & _IN_MACRO else word


def _expand(tree: Tree, word: str, depth: int) -> str:
    """What the macro `word` stands for, the macros in its body replaced in turn; `word` if it is none."""
    body = tree.macros.get(word) if depth else None
    if body is None:
        return word
    return _WORD.sub(lambda inner: _expand(tree, inner.group(), depth - 1), body)
