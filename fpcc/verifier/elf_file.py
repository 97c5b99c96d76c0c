"""A hostile ELF file: its header and program headers, and reads that cannot leave it.

What is accepted is what the host's loader accepts, or less. Section headers are not read, but must be there:
a linker writes them last.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

PAGE = 4096

_HEADER = struct.Struct("<4sBBBBB7xHHIQQQIHHHHHH")
_PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")
_MAGIC, _CLASS64, _LITTLE, _CURRENT, _SHARED_OBJECT, _X86_64 = b"\x7fELF", 2, 1, 1, 3, 62
_OS_ABIS = (0, 3)  # System V; GNU, which lld writes for an ifunc that is refused by its name later
_EXTENDED_NUMBERING = 0xFFFF


class ImageError(Exception):
    """The file is no module; the message names the place and the reason."""


@dataclass(frozen=True, slots=True)
class Span:
    """Addresses from `start` to before `end`."""

    start: int
    end: int

    def holds(self, address: int, size: int) -> bool:
        """True if all of `size` bytes at `address` are in here."""
        return self.start <= address and address + size <= self.end

    def touches(self, address: int, size: int) -> bool:
        """True if any of `size` bytes at `address` is in here."""
        return address < self.end and self.start < address + size


@dataclass(frozen=True, slots=True)
class ProgramHeader:
    """One program header, as the file has it."""

    index: int
    type: int
    flags: int
    offset: int
    address: int
    file_size: int
    memory_size: int
    alignment: int


def read_program_headers(data: bytes) -> tuple[ProgramHeader, ...]:
    """Checks the ELF header and reads the table it points to; ImageError."""
    if len(data) < _HEADER.size:
        raise ImageError(f"file of {len(data):#x} bytes is shorter than an ELF header")
    magic, *ident_and_rest = _HEADER.unpack_from(data)
    _check_ident(magic, ident_and_rest[:5])
    kind, machine, version, _, offset, sections, flags, header_size, entry_size, count, *more = (
        ident_and_rest[5:]
    )
    expected = (_SHARED_OBJECT, _X86_64, _CURRENT, 0, _HEADER.size, _PROGRAM_HEADER.size)
    if (kind, machine, version, flags, header_size, entry_size) != expected:
        raise ImageError("ELF header: not a shared object for x86-64")
    if count in (0, _EXTENDED_NUMBERING):
        raise ImageError(f"ELF header: {count} program headers")
    if offset + count * _PROGRAM_HEADER.size > len(data):
        raise ImageError(f"program headers: {count} from {offset:#x} on run past the end of the file")
    section_size, section_count, _ = more
    if sections and sections + section_count * section_size > len(data):
        raise ImageError(f"file of {len(data):#x} bytes is cut short: section headers run past its end")
    return tuple(_headers(data, offset, count))


def _check_ident(magic: bytes, ident: list[int]) -> None:
    if magic != _MAGIC:
        raise ImageError("not an ELF file")
    elf_class, encoding, version, os_abi, abi_version = ident
    if (elf_class, encoding, version, abi_version) != (
        _CLASS64,
        _LITTLE,
        _CURRENT,
        0,
    ) or os_abi not in _OS_ABIS:
        raise ImageError("ELF header: not 64-bit, little-endian, System V")


def _headers(data: bytes, offset: int, count: int) -> Iterator[ProgramHeader]:
    table = data[offset : offset + count * _PROGRAM_HEADER.size]
    for index, fields in enumerate(_PROGRAM_HEADER.iter_unpack(table)):
        kind, flags, file_offset, address, _, file_size, memory_size, alignment = fields
        yield ProgramHeader(index, kind, flags, file_offset, address, file_size, memory_size, alignment)
