"""The source text behind each access: from the place clang's debug information names to the expression there.

Clang names one place for an expression, not its extent: an assignment's is its operator, a member's is the
member's name, a dereference's is its star, an element's and a call's is where they begin, a variable's is its
name. Where several expressions share a place the outermost access is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clang.cindex import CursorKind, TypeKind

from fpcc.libclang import children, library
from fpcc.syntax_tree import SourceFile, Span, Tree, Visitor

LONGEST = 120  # characters of an expression that reports show
_ASSIGN = 22  # CXBinaryOperator_Assign
_SKIPPED = re.compile(rb"(?:\s|\\\r?\n|/\*.*?\*/|//[^\n]*\n)*", re.DOTALL)
_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/|//[^\n]*""", re.DOTALL
)  # 1: no comment
_NAME_AT_END = re.compile(rb"\w+\Z")


@dataclass(frozen=True)
class ExpressionTable:
    """Collects expressions while a tree is walked: file name and offset of the place, to the text's span."""

    accesses: dict[tuple[str, int], Span] = field(default_factory=dict)
    others: dict[tuple[str, int], Span] = field(default_factory=dict)  # casts, initial values: second choice

    @property
    def visitors(self) -> Mapping[int, tuple[Visitor, ...]]:
        """For walk_own_files()."""
        return {kind.value: (visitor,) for visitor, kinds in self._kinds() for kind in kinds}

    def _kinds(self) -> Iterator[tuple[Visitor, tuple[CursorKind, ...]]]:
        yield (
            self._at_begin,
            (CursorKind.ARRAY_SUBSCRIPT_EXPR, CursorKind.CALL_EXPR, CursorKind.DECL_REF_EXPR),
        )
        yield self._at_name, (CursorKind.MEMBER_REF_EXPR,)
        yield self._at_unary, (CursorKind.UNARY_OPERATOR,)
        yield self._at_assignment, (CursorKind.BINARY_OPERATOR,)
        yield self._at_operator, (CursorKind.COMPOUND_ASSIGNMENT_OPERATOR,)
        yield self._at_variable, (CursorKind.VAR_DECL,)
        yield self._at_return, (CursorKind.RETURN_STMT,)
        yield (
            self._at_begin_if_free,
            (
                CursorKind.UNEXPOSED_EXPR,
                CursorKind.PAREN_EXPR,
                CursorKind.CSTYLE_CAST_EXPR,
                CursorKind.INIT_LIST_EXPR,
                CursorKind.COMPOUND_LITERAL_EXPR,
                CursorKind.CONDITIONAL_OPERATOR,
                CursorKind.INTEGER_LITERAL,
                CursorKind.CHARACTER_LITERAL,
                CursorKind.FLOATING_LITERAL,
                CursorKind.STRING_LITERAL,
                CursorKind.StmtExpr,
            ),
        )

    def _at_begin(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        span = tree.find_span(cursor, file)
        if span:
            self._note(span, span.begin)

    def _at_begin_if_free(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        span = tree.find_span(cursor, file)
        if span:
            self.others.setdefault((span.file.name, span.begin), span)

    def _at_name(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        span = tree.find_span(cursor, file)
        if span:
            name = _NAME_AT_END.search(span.file.data, max(span.begin, span.end - 256), span.end)
            self._note(span, name.start() if name else span.begin)

    def _at_unary(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        span = tree.find_span(cursor, file)
        if span is None:
            return
        data = span.file.data
        if data[span.end - 2 : span.end] in (b"++", b"--"):
            self._note(span, span.end - 2)
        elif data[span.begin : span.begin + 1] == b"*" or data[span.begin : span.begin + 2] in (b"++", b"--"):
            self._note(span, span.begin)

    def _at_assignment(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        if library().clang_getCursorBinaryOperatorKind(cursor) != _ASSIGN:
            return
        span = tree.find_span(cursor, file)
        if span and _is_structure(cursor):  # copied where its right side stands
            self._note_source(tree, cursor, span)
        self._at_operator(tree, cursor, file)

    def _at_return(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        span = tree.find_span(cursor, file)
        value = _last_child(cursor)
        if span and value is not None and _is_structure(value):
            self._note_source(tree, cursor, span)

    def _at_operator(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        """The operator stands between the two sides; in a macro's body, the macro's use is the place."""
        span = tree.find_span(cursor, file)
        left = tree.find_span(children(cursor)[0], file)
        if span is None or left is None:
            return
        operator = _SKIPPED.match(left.file.data, left.end)
        inside = left.file is span.file and operator is not None and operator.end() < span.end
        self._note(span, operator.end() if inside and operator else span.begin)

    def _at_variable(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        """The place of an initialisation is the variable's name; its text starts there too."""
        span = tree.find_span(cursor, file)
        place = tree.find_place(cursor)
        if (
            span is None
            or place is None
            or place[0] is not span.file
            or not span.begin <= place[1] < span.end
        ):
            return
        named = Span(span.file, place[1], span.end)
        if _is_structure(cursor):
            self._note_source(tree, cursor, named)
        self._note(named, place[1])

    def _note_source(self, tree: Tree, cursor: Any, span: Span) -> None:
        """A structure's copy has the place of what is copied: the last part of `cursor`."""
        source = _last_child(cursor)
        place = tree.find_place(source) if source is not None else None
        if place and place[0] is span.file and span.begin < place[1] < span.end:
            self._note(span, place[1])

    def _note(self, span: Span, place: int) -> None:
        self.accesses.setdefault((span.file.name, place), span)


def collect_expressions(table: ExpressionTable) -> dict[tuple[str, int, int], str]:
    """What a walk has put into `table`, by file name, line and column (bytes, from 1)."""
    return {
        (name, *_line_and_column(span.file, place)): shorten(span.text)
        for (name, place), span in {**table.others, **table.accesses}.items()
    }


def shorten(text: str) -> str:
    """`text` on one line without comments, at most LONGEST characters."""
    line = " ".join(_COMMENT.sub(lambda found: found[1] or " ", text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."


def _line_and_column(file: SourceFile, offset: int) -> tuple[int, int]:
    line = bisect_right(file.line_starts, offset)
    return line, offset - file.line_starts[line - 1] + 1


def _is_structure(cursor: Any) -> bool:
    kind = library().clang_getCanonicalType(library().clang_getCursorType(cursor))._kind_id
    return bool(kind == TypeKind.RECORD.value)


def _last_child(cursor: Any) -> Any | None:
    return (children(cursor) or [None])[-1]
