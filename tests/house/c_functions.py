"""Counts the functions of a C file, with libclang: macros and odd layouts do not mislead it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from clang.cindex import Cursor, CursorKind, Index, TranslationUnit

from fpcc.toolchain import header_flags
from tests.house.files import REPO
from tests.house.limits import Function

BLOCKS = (
    CursorKind.IF_STMT,
    CursorKind.FOR_STMT,
    CursorKind.WHILE_STMT,
    CursorKind.DO_STMT,
    CursorKind.SWITCH_STMT,
)


@cache  # reading a file takes clang longer than all that is asked about it
def find_functions(path: Path) -> list[Function]:
    """Every function that the file itself declares or defines."""
    arguments = ["-xc", "-std=gnu11", "-D_GNU_SOURCE", *header_flags(), f"-I{REPO / 'runtime/host'}"]
    unit = Index.create().parse(str(path), arguments, options=TranslationUnit.PARSE_INCOMPLETE)
    found = [cursor for cursor in unit.cursor.get_children() if _is_ours(cursor, path)]
    return [_count(cursor) for cursor in found]


def _is_ours(cursor: Cursor, path: Path) -> bool:
    file = cursor.location.file
    return cursor.kind == CursorKind.FUNCTION_DECL and file is not None and file.name == str(path)


def _count(cursor: Cursor) -> Function:
    extent = cursor.extent
    lines = extent.end.line - extent.start.line + 1
    parameters = len(list(cursor.get_arguments()))
    return Function(cursor.spelling, extent.start.line, lines, _depth(cursor), parameters)


def _depth(cursor: Cursor) -> int:
    """Blocks inside each other; an `else if` is no deeper than its `if`."""
    children = list(cursor.get_children())
    if cursor.kind == CursorKind.IF_STMT and len(children) == 3 and children[2].kind == CursorKind.IF_STMT:
        return max(1 + _depth(children[1]), _depth(children[2]))
    below = max((_depth(child) for child in children), default=0)
    return below + (cursor.kind in BLOCKS)
