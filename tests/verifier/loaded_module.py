"""A module's file as the host would load it: segments, rights, relocations; nothing is checked here."""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from elftools.elf.dynamic import DynamicSegment
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

PAGE = 4096
_R_RELATIVE, _R_TPOFF64 = 8, 18
_WRITABLE, _EXECUTABLE = 2, 1


@dataclass(frozen=True)
class Pages:
    """Whole pages of the image from `start` on; `rights` as ELF has them."""

    start: int
    content: bytes
    rights: int


@dataclass(frozen=True)
class LoadedModule:
    """Addresses are the file's; `patches` are the words that relocations write."""

    pages: tuple[Pages, ...]
    sealed: range  # what is read-only once the image is relocated
    text: range
    text_offset: int  # in the file
    entries: Mapping[str, int]
    own: Mapping[int, int]  # slot -> address
    imports: Mapping[int, str]  # slot -> symbol
    variables: Mapping[int, str]  # slot -> thread-local symbol


def load_module(data: bytes) -> LoadedModule:
    """Reads a sound module; anything else raises what it will."""
    elf = ELFFile(io.BytesIO(data))
    loads = [s for s in elf.iter_segments() if s["p_type"] == "PT_LOAD"]
    text = next(s for s in loads if s["p_flags"] & _EXECUTABLE)
    relro = next((s for s in elf.iter_segments() if s["p_type"] == "PT_GNU_RELRO"), None)
    own, imports, variables = _relocations(elf)
    table = elf.get_section_by_name(".dynsym")
    assert isinstance(table, SymbolTableSection)
    return LoadedModule(
        pages=tuple(_pages(s) for s in loads),
        sealed=range(relro["p_vaddr"], relro["p_vaddr"] + relro["p_memsz"]) if relro else range(0),
        text=range(text["p_vaddr"], text["p_vaddr"] + text["p_memsz"]),
        text_offset=text["p_offset"],
        entries={
            s.name: s["st_value"] for s in table.iter_symbols() if s.name in ("init", "process", "fini")
        },
        own=own,
        imports=imports,
        variables=variables,
    )


def _pages(segment: object) -> Pages:
    address, size = segment["p_vaddr"], segment["p_memsz"]  # type: ignore[index]
    start, end = address // PAGE * PAGE, -(-(address + size) // PAGE) * PAGE
    content = bytes(address - start) + segment.data()  # type: ignore[attr-defined]
    return Pages(start, content.ljust(end - start, b"\0"), segment["p_flags"])  # type: ignore[index]


def _relocations(elf: ELFFile) -> tuple[dict[int, int], dict[int, str], dict[int, str]]:
    own, imports, variables = dict[int, int](), dict[int, str](), dict[int, str]()
    dynamic = next(s for s in elf.iter_segments() if isinstance(s, DynamicSegment))
    symbols = list(dynamic.iter_symbols())
    tables = dynamic.get_relocation_tables().values()
    for relocation in itertools.chain.from_iterable(table.iter_relocations() for table in tables):
        slot, kind = relocation["r_offset"], relocation["r_info_type"]
        symbol = symbols[relocation["r_info_sym"]]
        if kind == _R_TPOFF64:
            variables[slot] = symbol.name
        elif kind != _R_RELATIVE and symbol["st_shndx"] == "SHN_UNDEF":
            imports[slot] = symbol.name
        else:
            own[slot] = (symbol["st_value"] if kind != _R_RELATIVE else 0) + relocation["r_addend"]
    return own, imports, variables


def word(value: int) -> bytes:
    """Eight bytes."""
    return struct.pack("<Q", value % (1 << 64))
