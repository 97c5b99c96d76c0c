"""From an instruction of a module to the source places it was made from, by the module's DWARF.

Addresses are the file's virtual addresses, which are offsets in the arena. A module without debug
information, or with damaged one, simply has no places: reports then do without.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from elftools.common.exceptions import DWARFError, ELFError
from elftools.construct.core import ConstructError
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.dwarf.lineprogram import LineProgram
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from fpcc.inline_frames import Frame, file_names, find_frames
from passes.model import Location

# What pyelftools raises on sections that are cut off or make no sense.
_DAMAGED = (
    DWARFError,
    ELFError,
    ConstructError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class _Row:
    """Instructions from `address` up to the next row come from `location`; line 0: from nowhere."""

    address: int
    location: Location
    ends: bool  # no instruction from here to the next row


@dataclass(frozen=True)
class _Function:
    """Where the machine code of a function lies."""

    name: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class _Code:
    """What a module's file says of its code."""

    functions: Sequence[_Function]
    dwarf: DWARFInfo | None
    rows: Sequence[_Row]


def locate_code(module: bytes, addresses: Sequence[int]) -> list[tuple[Frame, ...]]:
    """The places each instruction was made from, innermost first; () if nothing is known.

    A column is 0 where the place is only near.
    """
    try:
        elf = ELFFile(io.BytesIO(module))
        # Modules are linked: no relocation is left that debug information would need.
        dwarf = elf.get_dwarf_info(relocate_dwarf_sections=False) if elf.has_dwarf_info() else None
        code = _Code(_read_functions(elf), dwarf, _read_rows(dwarf))
        found = {address: _locate(code, address) for address in set(addresses)}
    except _DAMAGED:
        return [() for _ in addresses]
    return [found[address] for address in addresses]


def find_functions(module: bytes) -> frozenset[int]:
    """Where the functions in the symbol table start."""
    try:
        return frozenset(function.start for function in _read_functions(ELFFile(io.BytesIO(module))))
    except _DAMAGED:
        return frozenset()


def _locate(code: _Code, address: int) -> tuple[Frame, ...]:
    function = next((f for f in code.functions if f.start <= address < f.end), _Function())
    line = _find_line(code.rows, address, function.start)
    frames = find_frames(code.dwarf, address, line)
    if not frames and (function.name or line.line):
        return (Frame(function.name, line),)
    return tuple(frames)


def _find_line(rows: Sequence[_Row], address: int, start: int) -> Location:
    """The last row that says where `address` comes from, but not one before `start`, its function's."""
    index = bisect_right(rows, address, key=lambda row: row.address)
    for distance, row in enumerate(reversed(rows[:index])):
        if row.ends or row.address < start:
            break
        if row.location.line:
            return Location(row.location.file, row.location.line, 0 if distance else row.location.column)
    return Location()


def _read_functions(elf: ELFFile) -> list[_Function]:
    tables = [section for section in elf.iter_sections() if isinstance(section, SymbolTableSection)]
    return [
        _Function(symbol.name, symbol["st_value"], symbol["st_value"] + symbol["st_size"])
        for symbol in chain.from_iterable(table.iter_symbols() for table in tables)
        if symbol["st_info"]["type"] == "STT_FUNC" and symbol["st_size"]
    ]


def _read_rows(dwarf: DWARFInfo | None) -> list[_Row]:
    if dwarf is None:
        return []
    programs = [dwarf.line_program_for_CU(unit) for unit in dwarf.iter_CUs()]
    distinct = {p.program_start_offset: p for p in programs if p is not None}  # units may share one
    rows = [row for program in distinct.values() for row in _read_program(program)]
    # Where one sequence ends and the next begins at once, the beginning is what counts.
    return sorted(rows, key=lambda row: (row.address, not row.ends))


def _read_program(program: LineProgram) -> Iterator[_Row]:
    names = file_names(program.header)
    for state in (entry.state for entry in program.get_entries() if entry.state is not None):
        name = names[state.file] if state.file < len(names) else ""
        yield _Row(state.address, Location(name, state.line, state.column), bool(state.end_sequence))
