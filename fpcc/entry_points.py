"""The functions the host calls: found, and held against fastpaas/nf.h."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clang.cindex import CursorKind

from fpcc.errors import InputError, Position, SourceError
from fpcc.libclang import library
from fpcc.signatures import SIGNATURES
from fpcc.syntax_tree import SourceFile, Tree, Visitor

_EXTERNAL = 4  # CXLinkage_External


@dataclass(frozen=True)
class EntryPoint:
    """An entry point the NF defines."""

    name: str
    position: Position
    type: str
    source_line: str = ""


@dataclass
class EntryPointList:
    """Collects definitions of the host's entry points while trees are walked."""

    found: list[EntryPoint] = field(default_factory=list)
    hidden: list[Position] = field(default_factory=list)  # static functions called process

    @property
    def visitors(self) -> Mapping[int, tuple[Visitor, ...]]:
        """For walk_own_files()."""
        return {CursorKind.FUNCTION_DECL.value: (self._note,)}

    def require(self, sources: Sequence[Path]) -> tuple[EntryPoint, ...]:
        """The entry points; raises InputError if there is no process()."""
        if any(entry.name == "process" for entry in self.found):
            return tuple(self.found)
        where = f" (the one at {self.hidden[0]} is static)" if self.hidden else ""
        raise InputError(
            f"{', '.join(map(str, sources))}: no network function here{where}: define\n"
            f"    {SIGNATURES['process'].declaration}\nas declared in <fastpaas/nf.h>"
        )

    def _note(self, tree: Tree, cursor: Any, _file: SourceFile) -> None:
        name = str(cursor.spelling)
        if name not in SIGNATURES or not library().clang_isCursorDefinition(cursor):
            return
        position = tree.position(cursor)
        if library().clang_getCursorLinkage(cursor) == _EXTERNAL:
            self.found.append(EntryPoint(name, position, tree.type_name(cursor), tree.line_at(position)))
        elif name == "process":
            self.hidden.append(position)


def check_entry_points(entries: EntryPointList) -> list[SourceError]:
    """What is wrong with the entry points that are there."""
    return [*_find_wrong_types(entries.found), *_find_repeated(entries.found)]


def _find_wrong_types(found: Sequence[EntryPoint]) -> list[SourceError]:
    return [
        SourceError(
            entry.position,
            f"{entry.name}() has the type {entry.type}, which the host does not call",
            f"write: {SIGNATURES[entry.name].declaration}",
            entry.source_line,
        )
        for entry in found
        if entry.type not in SIGNATURES[entry.name].types
    ]


def _find_repeated(found: Sequence[EntryPoint]) -> list[SourceError]:
    first: dict[str, EntryPoint] = {}
    errors = []
    for entry in found:
        before = first.setdefault(entry.name, entry)
        if before is not entry:
            reason = f"{entry.name}() is defined at {before.position} already"
            hint = "keep one: all sources become one module"
            errors.append(SourceError(entry.position, reason, hint, entry.source_line))
    return errors
