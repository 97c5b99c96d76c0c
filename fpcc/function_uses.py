"""Where each function is first called or named, so that a refused one can be shown in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clang.cindex import CursorKind, TypeKind

from fpcc.errors import Position
from fpcc.libclang import library
from fpcc.syntax_tree import SourceFile, Tree, Visitor

PLACES = 3  # kept for each function
# Builtins have a type without a name of its own in libclang.
_FUNCTION_TYPES = (TypeKind.FUNCTIONPROTO.value, TypeKind.FUNCTIONNOPROTO.value, TypeKind.UNEXPOSED.value)


@dataclass
class FunctionUses:
    """Collects uses of functions while trees are walked."""

    found: dict[str, list[Position]] = field(default_factory=dict)

    @property
    def visitors(self) -> Mapping[int, tuple[Visitor, ...]]:
        """For walk_own_files()."""
        return {CursorKind.DECL_REF_EXPR.value: (self._note,)}

    def first_places(self) -> dict[str, tuple[Position, ...]]:
        """Each function's first PLACES uses, in the order of the walk."""
        return {name: tuple(positions) for name, positions in self.found.items()}

    def _note(self, tree: Tree, cursor: Any, _file: SourceFile) -> None:
        if library().clang_getCursorType(cursor)._kind_id not in _FUNCTION_TYPES:
            return
        positions = self.found.setdefault(str(cursor.spelling), [])
        if len(positions) < PLACES:
            positions.append(tree.position(cursor))
