"""Edits a good module field by field into one a linker would never write. Offsets are of the ELF-64 ABI."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import Any

from elftools.elf.elffile import ELFFile

# name -> (offset in the record, struct format)
EHDR = {
    **{f"ident{i}": (i, "B") for i in range(16)},
    "e_type": (16, "H"),
    "e_machine": (18, "H"),
    "e_version": (20, "I"),
    "e_phoff": (32, "Q"),
    "e_shoff": (40, "Q"),
    "e_flags": (48, "I"),
    "e_ehsize": (52, "H"),
    "e_phentsize": (54, "H"),
    "e_phnum": (56, "H"),
    "e_shentsize": (58, "H"),
    "e_shnum": (60, "H"),
}
PHDR = {
    "p_type": (0, "I"),
    "p_flags": (4, "I"),
    "p_offset": (8, "Q"),
    "p_vaddr": (16, "Q"),
    "p_filesz": (32, "Q"),
    "p_memsz": (40, "Q"),
    "p_align": (48, "Q"),
}
SYMBOL = {
    "st_name": (0, "I"),
    "st_info": (4, "B"),
    "st_shndx": (6, "H"),
    "st_value": (8, "Q"),
}
RELA = {"r_offset": (0, "Q"), "r_type": (8, "I"), "r_sym": (12, "I"), "r_addend": (16, "q")}
HASH = {"buckets": (0, "I"), "chains": (4, "I")}

PHDR_SIZE, DYN_SIZE, SYMBOL_SIZE, RELA_SIZE = 56, 16, 24, 24


@dataclass
class ElfEdit:
    """A module's bytes; every method changes them in place. Where things are is the original's word."""

    original: bytes
    data: bytearray = field(init=False)
    elf: Any = field(init=False)  # ELFFile; its sections are of many classes

    def __post_init__(self) -> None:
        self.data = bytearray(self.original)
        self.elf = ELFFile(io.BytesIO(self.original))

    def poke(self, at: int, fields: dict[str, tuple[int, str]], values: dict[str, int]) -> None:
        for name, value in values.items():
            offset, form = fields[name]
            struct.pack_into("<" + form, self.data, at + offset, value)

    def ehdr(self, **values: int) -> None:
        self.poke(0, EHDR, values)

    def find_segment(self, kind: str, flags: int | None = None) -> int:
        """Index of the first segment of this type, and with these flags if given."""
        headers = [segment.header for segment in self.elf.iter_segments()]
        return next(i for i, h in enumerate(headers) if h["p_type"] == kind and flags in (None, h["p_flags"]))

    def phdr(self, index: int, **values: int) -> None:
        self.poke(self.elf["e_phoff"] + index * PHDR_SIZE, PHDR, values)

    def copy_phdr(self, source: int, target: int) -> None:
        start = self.elf["e_phoff"]
        self.copy(start + source * PHDR_SIZE, start + target * PHDR_SIZE, PHDR_SIZE)

    def copy(self, source: int, target: int, size: int) -> None:
        self.data[target : target + size] = self.data[source : source + size]

    def section(self, name: str) -> tuple[int, int, int]:
        """File offset, address and size of a section of the original."""
        header = self.elf.get_section_by_name(name).header
        return header["sh_offset"], header["sh_addr"], header["sh_size"]

    def dynamic(self, tag: int, value: int | None = None, new_tag: int | None = None) -> None:
        """Changes the value or the tag of the first entry with `tag`."""
        start, _, size = self.section(".dynamic")
        entries = range(start, start + size, DYN_SIZE)
        at = next(e for e in entries if struct.unpack_from("<Q", self.data, e)[0] == tag)
        if value is not None:
            struct.pack_into("<Q", self.data, at + 8, value)
        if new_tag is not None:
            struct.pack_into("<Q", self.data, at, new_tag)

    def symbol(self, name: str, **values: int) -> None:
        self.poke(self.section(".dynsym")[0] + self.symbol_index(name) * SYMBOL_SIZE, SYMBOL, values)

    def symbol_index(self, name: str) -> int:
        symbols = self.elf.get_section_by_name(".dynsym").iter_symbols()
        return next(i for i, symbol in enumerate(symbols) if symbol.name == name)

    def relocation(self, kind: int, symbol: str = "") -> int:
        """File offset of the first relocation of this type, and against this symbol if one is named."""
        want = self.symbol_index(symbol) if symbol else None
        found = (
            int(section["sh_offset"]) + i * RELA_SIZE
            for section in map(self.elf.get_section_by_name, (".rela.dyn", ".rela.plt"))
            for i, entry in enumerate(section.iter_relocations() if section else ())
            if entry["r_info_type"] == kind and want in (None, entry["r_info_sym"])
        )
        return next(found)

    def rela(self, at: int, **values: int) -> None:
        self.poke(at, RELA, values)

    def hash(self, **values: int) -> None:
        self.poke(self.section(".hash")[0], HASH, values)
