"""What the ELF structures of a module say: segments, relocations, imports, exports. Values in, values out.

Only what the host's loader uses counts: program headers and the dynamic segment. Section headers are read
for one thing, the decisions, which nothing but reports depends on. Callers turn the errors of pyelftools into
InputError (fpcc/module_file.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from elftools.elf.dynamic import DynamicSegment
from elftools.elf.elffile import ELFFile
from elftools.elf.enums import ENUM_RELOC_TYPE_x64

PERMISSIONS = ((4, "r"), (2, "w"), (1, "x"))
PROGRAM_HEADERS_MAX = 64  # lld writes about ten; more would only serve to keep a reader busy
SECTIONS_MAX = 4096
SYMBOLS_MAX = 1 << 16
RELOCATIONS_MAX = 1 << 20

_RELOCATIONS = {number: name for name, number in ENUM_RELOC_TYPE_x64.items() if isinstance(number, int)}


@dataclass(frozen=True)
class Segment:
    """One program header; offsets and sizes in bytes."""

    type: str  # "PT_LOAD", ...
    permissions: str  # "r-x"
    file_offset: int
    address: int
    file_size: int
    memory_size: int
    alignment: int


@dataclass(frozen=True)
class RelocationCount:
    kind: str  # "R_X86_64_RELATIVE", ...
    count: int


@dataclass(frozen=True)
class Layout:
    segments: tuple[Segment, ...]
    relocations: tuple[RelocationCount, ...]
    imports: tuple[str, ...]  # undefined dynamic symbols
    exports: tuple[str, ...]  # defined dynamic symbols

    @property
    def text_size(self) -> int:
        """Bytes that can be executed."""
        return sum(s.memory_size for s in self._loaded() if "x" in s.permissions)

    @property
    def data_size(self) -> int:
        """Bytes that can be written, zero-filled ones included."""
        return sum(s.memory_size for s in self._loaded() if "w" in s.permissions)

    @property
    def constant_size(self) -> int:
        """Bytes that can only be read."""
        return sum(s.memory_size for s in self._loaded() if s.permissions == "r--")

    def _loaded(self) -> Iterator[Segment]:
        return (segment for segment in self.segments if segment.type == "PT_LOAD")


def read_layout(elf: ELFFile, size: int) -> Layout:
    """Reads the layout of a file of `size` bytes; ValueError or pyelftools' own errors if it is no module."""
    check_kind(elf)
    segments = tuple(_read_segment(segment.header, size) for segment in elf.iter_segments())
    dynamic = [segment for segment in elf.iter_segments() if isinstance(segment, DynamicSegment)]
    if len(dynamic) != 1:
        raise ValueError(f"{len(dynamic)} dynamic segments, a module has one")
    symbols = _read_symbols(dynamic[0])
    return Layout(
        segments=segments,
        relocations=_count_relocations(dynamic[0]),
        imports=tuple(sorted(name for name, defined in symbols if not defined)),
        exports=tuple(sorted(name for name, defined in symbols if defined)),
    )


def check_kind(elf: ELFFile) -> None:
    """Raises ValueError unless this is an x86-64 shared object of sane proportions."""
    if elf.elfclass != 64 or not elf.little_endian or elf.header["e_machine"] != "EM_X86_64":
        raise ValueError("not for x86-64")
    if elf.header["e_type"] != "ET_DYN":
        raise ValueError(f"ELF type {elf.header['e_type']}, a module is a shared object (ET_DYN)")
    if elf.num_segments() > PROGRAM_HEADERS_MAX:
        raise ValueError(f"{elf.num_segments()} program headers, at most {PROGRAM_HEADERS_MAX} are accepted")
    if elf.num_sections() > SECTIONS_MAX:
        raise ValueError(f"{elf.num_sections()} sections, at most {SECTIONS_MAX} are accepted")


def _read_segment(header: Any, size: int) -> Segment:
    if header["p_offset"] + header["p_filesz"] > size:
        raise ValueError(f"segment {header['p_type']} reaches past the end of the file")
    flags = header["p_flags"]
    return Segment(
        type=str(header["p_type"]),
        permissions="".join(letter if flags & bit else "-" for bit, letter in PERMISSIONS),
        file_offset=header["p_offset"],
        address=header["p_vaddr"],
        file_size=header["p_filesz"],
        memory_size=header["p_memsz"],
        alignment=header["p_align"],
    )


def _read_symbols(dynamic: DynamicSegment) -> list[tuple[str, bool]]:
    """Name and whether it is defined here, for every named dynamic symbol."""
    count = dynamic.num_symbols()
    if count > SYMBOLS_MAX:
        raise ValueError(f"{count} dynamic symbols, at most {SYMBOLS_MAX} are accepted")
    symbols = (dynamic.get_symbol(index) for index in range(count))
    return [(symbol.name, symbol["st_shndx"] != "SHN_UNDEF") for symbol in symbols if symbol.name]


def _count_relocations(dynamic: DynamicSegment) -> tuple[RelocationCount, ...]:
    tables = dynamic.get_relocation_tables().values()
    relocations = chain.from_iterable(table.iter_relocations() for table in tables)  # type: ignore[attr-defined]
    kinds = Counter(relocation["r_info_type"] for relocation in islice(relocations, RELOCATIONS_MAX + 1))
    if kinds.total() > RELOCATIONS_MAX:
        raise ValueError(f"more than {RELOCATIONS_MAX:,} relocations")
    names = {kind: _RELOCATIONS.get(kind, f"type {kind}") for kind in kinds}
    return tuple(RelocationCount(names[kind], kinds[kind]) for kind in sorted(kinds))
