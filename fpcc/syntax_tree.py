"""A source's syntax tree: one libclang parse, one walk over the NF's own files for all who want to see nodes.

libclang is older than the clang that compiles and only advises: its diagnostics are ignored, and nothing a
module's safety rests on comes from here. Offsets are bytes from the start of a file.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from clang import cindex

from fpcc.errors import InternalError, Position
from fpcc.flag_lists import PARSE_FLAGS, TWO_WORDS
from fpcc.flags import CompileFlags
from fpcc.libclang import RECURSE, STOP, VISITOR, children, library
from fpcc.source_paths import PathMap
from fpcc.toolchain import parse_arguments, path_maps

_DEFINITION = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)(?:\([^)]*\))?((?:\\\r?\n|[^\n])*)", re.MULTILINE)


@dataclass(frozen=True)
class SourceFile:
    """One file of the NF: a source, or a header of its own."""

    path: str  # as clang spells it
    name: str  # as IR, decisions and reports spell it
    data: bytes
    is_system: bool  # found through -isystem: not the author's, so nothing in it is refused
    base: int  # libclang's raw location of the first byte; out of reach if raw locations are not linear

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the start of every line."""
        return [0, *accumulate(len(line) for line in self.data.splitlines(keepends=True))]

    def line(self, number: int) -> str:
        """The text of line `number`, counted from 1, without its end."""
        begin, end = self.line_starts[number - 1], self.line_starts[number]
        return self.data[begin:end].decode(errors="replace").rstrip("\r\n")


@dataclass(frozen=True)
class Span:
    """A piece of one file."""

    file: SourceFile
    begin: int
    end: int

    @property
    def text(self) -> str:
        """What is written there."""
        return self.file.data[self.begin : self.end].decode(errors="replace")


@dataclass(frozen=True)
class Tree:
    """A parsed source."""

    unit: Any
    paths: PathMap
    files: dict[str, SourceFile | None] = field(default_factory=dict)  # None: a header of the toolchain

    @cached_property
    def own_files(self) -> list[SourceFile]:
        """The source, and all headers of the NF's own in their order, also those without any node."""
        files = (self.unit.get_file(self.paths.spelled), *(i.include for i in self.unit.get_includes()))
        found = [self._file(ctypes.cast(file.obj, ctypes.c_void_p).value or 0) for file in files]
        return list({file.path: file for file in found if file}.values())

    @cached_property
    def macros(self) -> dict[str, str]:
        """Bodies of the macros that the NF's own files define, by name; of several the last."""
        texts = [file.data.decode(errors="replace") for file in self.own_files]
        return {name: body.strip() for text in texts for name, body in _DEFINITION.findall(text)}

    def find_span(self, cursor: Any, file: SourceFile) -> Span | None:
        """What `cursor` covers, most likely in `file`. None if it covers no text of the NF's own."""
        extent = library().clang_getCursorExtent(cursor)
        begin, end = extent.begin_int_data - file.base, extent.end_int_data - file.base
        if 0 <= begin <= end <= len(file.data):
            return Span(file, begin, end)
        return self._find_span_slowly(extent)

    def _find_span_slowly(self, extent: Any) -> Span | None:
        """The same for text from macros: the arguments if it stems from them alone, else the whole use."""
        ends = library().clang_getRangeStart(extent), library().clang_getRangeEnd(extent)
        for place in ("clang_getFileLocation", "clang_getExpansionLocation"):
            first, last = (self._place(place, end) for end in ends)
            if first and last and first[0] is last[0] and first[1] < last[1]:
                return Span(first[0], first[1], last[1])
        return None

    def find_own_file(self, cursor: Any) -> SourceFile | None:
        """The NF's file `cursor` lies in."""
        place = self.find_place(cursor)
        return place[0] if place else None

    def find_place(self, cursor: Any) -> tuple[SourceFile, int] | None:
        """The file and offset libclang names for `cursor`: of a declaration, its name's."""
        return self.find_location(library().clang_getCursorLocation(cursor))

    def position(self, cursor: Any) -> Position:
        """Where `cursor` is, for a message; the use of a macro if that is where it comes from."""
        location = library().clang_getCursorLocation(cursor)
        handle, line, column, _ = _ask("clang_getFileLocation", location)
        return Position(_path(handle) or self.paths.spelled, line, column)

    def line_at(self, position: Position) -> str:
        """The source line of a position in the NF's own files."""
        file = self.files.get(position.file)
        return file.line(position.line) if file else ""

    def is_host_api(self, cursor: Any) -> bool:
        """Whether the first declaration of what `cursor` declares is in our own headers."""
        first = library().clang_getCanonicalCursor(cursor)
        handle, *_ = _ask("clang_getFileLocation", library().clang_getCursorLocation(first))
        return self.paths.name(_path(handle)).startswith("/fastpaas/")

    def type_name(self, cursor: Any) -> str:
        """Clang's spelling of the type of a declaration, typedefs resolved."""
        cursor._tu = self.unit  # the binding wants to know; nodes of a walk come without
        return str(cursor.type.get_canonical().spelling)

    def find_location(self, location: Any) -> tuple[SourceFile, int] | None:
        """The NF's file and the offset of a raw location; of a macro's use if it comes from a macro."""
        return self._place("clang_getFileLocation", location)

    def is_toolchain(self, path: str) -> bool:
        """Whether `path` is a header of the C library, the compiler or the host API."""
        return self.paths.name(path).startswith(("/toolchain/", "/fastpaas/"))

    def _place(self, function: str, location: Any) -> tuple[SourceFile, int] | None:
        handle, _, _, offset = _ask(function, location)
        file = self._file(handle) if handle else None
        return (file, offset) if file else None

    def _file(self, handle: int) -> SourceFile | None:
        path = _path(handle)
        if path not in self.files:
            self.files[path] = self._read(path, handle)
        return self.files[path]

    def _read(self, path: str, handle: int) -> SourceFile | None:
        if self.is_toolchain(path) or not Path(path).is_file():
            return None
        data = Path(path).read_bytes()
        start = library().clang_getLocationForOffset(self.unit.obj, handle, 0)
        last = library().clang_getLocationForOffset(self.unit.obj, handle, len(data))
        linear = last.int_data - start.int_data == len(data)
        system = bool(library().clang_Location_isInSystemHeader(start))
        return SourceFile(path, self.paths.name(path), data, system, start.int_data if linear else 1 << 40)


Visitor = Callable[[Tree, Any, SourceFile], None]


def parse_sources(sources: Sequence[Path], flags: CompileFlags) -> list[Tree]:
    """Parses each of a build's sources as clang will read it."""
    maps = zip(sources, path_maps(sources, flags), strict=True)
    return [_parse_source(source, flags, paths) for source, paths in maps]


def _parse_source(source: Path, flags: CompileFlags, paths: PathMap) -> Tree:
    arguments = _parse_arguments(flags)
    try:
        unit = cindex.Index.create().parse(paths.spelled, arguments)
    except cindex.TranslationUnitLoadError as error:
        raise InternalError("front end", f"libclang cannot read {source}: {error}") from error
    return Tree(unit, paths)


def walk_own_files(tree: Tree, visitors: Mapping[int, tuple[Visitor, ...]]) -> None:
    """Shows every node of the NF's own declarations to the visitors of its kind, parents first."""
    for top in children(tree.unit.cursor):
        file = tree.find_own_file(top)
        if file is not None:
            _walk(tree, top, file, visitors)


def _walk(tree: Tree, top: Any, file: SourceFile, visitors: Mapping[int, tuple[Visitor, ...]]) -> None:
    raised: list[Exception] = []

    def visit(cursor: Any, _parent: Any, _data: Any) -> int:
        # An exception cannot cross libclang's C frames: it would be printed and forgotten.
        try:
            for visitor in visitors.get(cursor._kind_id, ()):
                visitor(tree, cursor, file)
        except Exception as error:
            raised.append(error)
            return STOP
        return RECURSE

    if visit(top, None, None) == RECURSE:
        library().clang_visitChildren(top, VISITOR(visit), None)
    if raised:
        raise raised[0]


def _parse_arguments(flags: CompileFlags) -> list[str]:
    """What clang gets, without what libclang may not know and need not."""
    kept: list[str] = []
    words = iter(flags.arguments)
    for word in words:
        if word in TWO_WORDS:
            kept += [word, next(words)]
        elif re.fullmatch(PARSE_FLAGS, word, re.DOTALL):
            kept.append(word)
    return list(parse_arguments(CompileFlags(tuple(kept), flags.cpu)))


def _ask(function: str, location: Any) -> tuple[int | None, int, int, int]:
    """File handle, line, column and offset of a raw location."""
    handle, line, column, offset = ctypes.c_void_p(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    getattr(library(), function)(location, *map(ctypes.byref, (handle, line, column, offset)))
    return handle.value, line.value, column.value, offset.value


def _path(handle: int | None) -> str:
    return str(cindex.File(ctypes.cast(handle, cindex.c_object_p)).name) if handle else ""
