"""Constructs an NF may not use, found in its syntax tree: early, with place and remedy, all at once.

Not what a module's safety rests on: whatever slips through here is refused on its IR or its machine code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from clang.cindex import CursorKind

from fpcc.errors import Position, SourceError
from fpcc.libclang import children, library
from fpcc.macro_text import read_written_text
from fpcc.refused_names import Refused, find_attribute, find_function
from fpcc.refused_types import find_type
from fpcc.syntax_tree import SourceFile, Tree, Visitor

_ASM = Refused("inline assembly cannot be guarded", "write it in C, or use a compiler builtin")
_LABEL = Refused(
    "an asm label binds this name to another symbol or a register, unseen by the compiler",
    "remove the label and use the name itself",
)
_GOTO = Refused("a computed goto can go anywhere", "use a switch")
_THREAD = Refused(
    "a thread-local variable would live in the host's memory",
    "use a plain static variable: a module instance runs on one thread at a time",
)
_RESERVED = Refused("names that begin with __fp_ belong to the guards", "rename it")
_HOST = Refused("{name}() is the host's and cannot be defined by a network function", "rename it")


@dataclass
class RefusalList:
    """Collects what is refused while trees are walked; one entry for a place and reason."""

    found: dict[tuple[Position, str], SourceError] = field(default_factory=dict)

    @cached_property
    def visitors(self) -> Mapping[int, tuple[Visitor, ...]]:
        """For walk_own_files()."""
        table: dict[CursorKind, tuple[Visitor, ...]] = {
            CursorKind.ASM_STMT: (self._refuse_with(_ASM),),
            CursorKind.MS_ASM_STMT: (self._refuse_with(_ASM),),
            CursorKind.UNEXPOSED_DECL: (self._check_file_asm,),
            CursorKind.ASM_LABEL_ATTR: (self._refuse_with(_LABEL),),
            CursorKind.INDIRECT_GOTO_STMT: (self._refuse_with(_GOTO),),
            CursorKind.ADDR_LABEL_EXPR: (self._refuse_with(_GOTO),),
            CursorKind.UNEXPOSED_ATTR: (self._check_attribute,),
            CursorKind.UNEXPOSED_STMT: (self._check_statement_attributes,),
            CursorKind.DECL_REF_EXPR: (self._check_reference,),
            CursorKind.VAR_DECL: (self._check_storage, self._check_type, self._check_name),
            CursorKind.FUNCTION_DECL: (self._check_type, self._check_name, self._check_host_function),
            **dict.fromkeys(
                (
                    CursorKind.PARM_DECL,
                    CursorKind.FIELD_DECL,
                    CursorKind.CSTYLE_CAST_EXPR,
                    CursorKind.COMPOUND_LITERAL_EXPR,
                    CursorKind.FLOATING_LITERAL,
                ),
                (self._check_type,),
            ),
        }
        return {kind.value: visitors for kind, visitors in table.items()}

    def _refuse_with(self, why: Refused) -> Visitor:
        return lambda tree, cursor, file: self._refuse(tree, cursor, file, why)

    def _check_file_asm(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        if re.match(r"(asm|__asm|__asm__)\b", read_written_text(tree, cursor)):
            self._refuse(tree, cursor, file, _ASM)

    def _check_attribute(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        text = read_written_text(tree, cursor)
        listed = re.findall(r"__attribute__\s*\(\((.*?)\)\)|\[\[(.*?)\]\]", text, re.DOTALL)
        for name in [text, *re.findall(r"\w+", " ".join(map(" ".join, listed)))]:
            why = find_attribute(name)
            if why:
                self._refuse(tree, cursor, file, why, f"__attribute__(({name}))")

    def _check_statement_attributes(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        """libclang shows no attributes of statements: they are the text before the statement itself."""
        span, below = tree.find_span(cursor, file), children(cursor)
        inner = tree.find_span(below[-1], file) if below else None
        if span is None or inner is None or inner.file is not span.file:
            return
        before = span.file.data[span.begin : inner.begin].decode(errors="replace")
        for name in re.findall(r"\w+", before):
            why = find_attribute(name)
            if why:
                self._refuse(tree, cursor, file, why, f"__attribute__(({name}))")

    def _check_reference(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        name = str(cursor.spelling)
        why = find_function(name)
        if why:
            self._refuse(tree, cursor, file, why, name)

    def _check_storage(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        if library().clang_getCursorTLSKind(cursor):
            self._refuse(tree, cursor, file, _THREAD)

    def _check_type(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        why = find_type(library().clang_getCursorType(cursor))
        if why:
            self._refuse(tree, cursor, file, why)

    def _check_name(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        if str(cursor.spelling).startswith("__fp_"):
            self._refuse(tree, cursor, file, _RESERVED)

    def _check_host_function(self, tree: Tree, cursor: Any, file: SourceFile) -> None:
        name = str(cursor.spelling)
        if name.startswith("fp_") and library().clang_isCursorDefinition(cursor) and tree.is_host_api(cursor):
            self._refuse(tree, cursor, file, _HOST, name)

    def _refuse(self, tree: Tree, cursor: Any, file: SourceFile, why: Refused, name: str = "") -> None:
        if file.is_system:
            return
        position = tree.position(cursor)
        reason = why.reason.format(name=name)
        line = tree.line_at(position)
        self.found.setdefault((position, reason), SourceError(position, reason, why.hint, line))
