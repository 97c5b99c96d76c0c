"""From an instruction of a module to the source line it was made from, by the module's DWARF line table.

Addresses are the file's virtual addresses, which are offsets in the arena. A module without debug
information, or with damaged one, simply has no lines: reports then do without.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from elftools.common.exceptions import DWARFError, ELFError
from elftools.construct.core import ConstructError
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from passes.model import Location

# What pyelftools raises on sections that are cut off or make no sense.
_DAMAGED = (
    DWARFError,
    ELFError,
    ConstructError,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True, order=True)
class Row:
    """Instructions from `address` up to the next row come from `location`; line 0: from nowhere."""

    address: int
    location: Location
    ends: bool = False  # no instruction from here to the next row


@dataclass(frozen=True)
class LineTable:
    """All rows and functions of a module, by address."""

    rows: tuple[Row, ...] = ()
    functions: tuple[tuple[int, int, str], ...] = ()  # start, end, name

    def find_line(self, address: int) -> Location | None:
        """The innermost source place of the instruction at `address`; its column is 0 if it is only near."""
        index = bisect_right(self.rows, address, key=lambda row: row.address) - 1
        if index < 0 or self.rows[index].ends:
            return None
        exact = self.rows[index].location
        if exact.line:
            return exact
        return self._find_before(index)

    def find_function(self, address: int) -> str:
        """The function `address` lies in, "" if unknown."""
        return next((name for start, end, name in self.functions if start <= address < end), "")

    def _find_before(self, index: int) -> Location | None:
        for row in reversed(self.rows[:index]):
            if row.ends:
                return None
            if row.location.line:
                return Location(row.location.file, row.location.line, 0)
        return None


def read_line_table(module: bytes) -> LineTable:
    """The line table of a module's file; an empty one if there is none that can be read."""
    try:
        elf = ELFFile(io.BytesIO(module))
        return LineTable(tuple(_read_rows(elf)), tuple(sorted(_read_functions(elf))))
    except _DAMAGED:
        return LineTable()


def _read_rows(elf: ELFFile) -> list[Row]:
    if not elf.has_dwarf_info():
        return []
    dwarf = elf.get_dwarf_info()
    rows = [row for unit in dwarf.iter_CUs() for row in _read_unit(dwarf.line_program_for_CU(unit))]
    # Where one sequence ends and the next begins at once, the beginning is what counts.
    return sorted(rows, key=lambda row: (row.address, not row.ends))


def _read_unit(program: Any) -> Iterator[Row]:
    if program is None:
        return
    names = _file_names(program.header)
    for entry in program.get_entries():
        state = entry.state
        if state is None:
            continue
        name = names[state.file] if state.file < len(names) else ""
        yield Row(state.address, Location(name, state.line, state.column), bool(state.end_sequence))


def _file_names(header: Any) -> list[str]:
    """Paths by the number rows use: from 0 in DWARF 5, from 1 before."""
    modern = header.version >= 5
    directories = [_text(name) for name in header.include_directory]
    if not modern:
        directories.insert(0, "")
    names = [_join(directories, entry.dir_index, _text(entry.name)) for entry in header.file_entry]
    return names if modern else ["", *names]


def _join(directories: Sequence[str], index: int, name: str) -> str:
    directory = directories[index] if index < len(directories) else ""
    return (
        name if directory in ("", ".") or name.startswith("/") else f"{directory}/{name}".removeprefix("./")
    )


def _text(name: bytes | str) -> str:
    return name.decode(errors="replace") if isinstance(name, bytes) else name


def _read_functions(elf: ELFFile) -> Iterator[tuple[int, int, str]]:
    tables = [section for section in elf.iter_sections() if isinstance(section, SymbolTableSection)]
    for symbol in chain.from_iterable(table.iter_symbols() for table in tables):
        if symbol["st_info"]["type"] == "STT_FUNC" and symbol["st_size"]:
            start = symbol["st_value"]
            yield start, start + symbol["st_size"], symbol.name
