"""Malformed ELF and program headers: name -> (what is done to the good module "rich", the loader's words)."""

from __future__ import annotations

from collections.abc import Callable

from tests.host.loader.elf_edit import ElfEdit

Case = tuple[Callable[[ElfEdit], object], str]

R, RX, RW = 4, 5, 6
TOP = 1 << 64


def load(flags: int, **values: int) -> Callable[[ElfEdit], None]:
    """Changes the first PT_LOAD with these flags."""
    return lambda e: e.phdr(e.find_segment("PT_LOAD", flags), **values)


def part(kind: str, **values: int) -> Callable[[ElfEdit], None]:
    """Changes the first segment of this type."""
    return lambda e: e.phdr(e.find_segment(kind), **values)


def double(kind: str, over: str) -> Callable[[ElfEdit], None]:
    """Writes a segment over another one."""
    return lambda e: e.copy_phdr(e.find_segment(kind), e.find_segment(over))


def truncate(size: int) -> Callable[[ElfEdit], None]:
    """To so many bytes; below 0, by so many."""
    return lambda e: e.data.__delitem__(slice(size, None))


def cut_without_sections(edit: ElfEdit) -> None:
    edit.ehdr(e_shoff=0)
    truncate(0x1800)(edit)


HEADERS: dict[str, Case] = {
    "empty": (truncate(0), "file of 0x0 bytes is shorter than an ELF header"),
    "63 bytes": (truncate(63), "file of 0x3f bytes is shorter than an ELF header"),
    "only the ELF header": (truncate(64), "program headers: 9 from 0x40 on run past the end of the file"),
    "magic": (lambda e: e.ehdr(ident1=0), "not an ELF file"),
    "32 bit": (lambda e: e.ehdr(ident4=1), "class 1 is not 64-bit"),
    "big-endian": (lambda e: e.ehdr(ident5=2), "data encoding 2 is not little-endian"),
    "ident version": (lambda e: e.ehdr(ident6=0), "version 0 is not 1"),
    "OS ABI": (lambda e: e.ehdr(ident7=9), "OS ABI 9 version 0 is not System V"),
    "executable": (lambda e: e.ehdr(e_type=2), "type 2 is not a shared object"),
    "arm": (lambda e: e.ehdr(e_machine=183), "machine 183 is not x86-64"),
    "ABI version": (lambda e: e.ehdr(ident8=1), "OS ABI 0 version 1 is not System V"),
    "e_version": (lambda e: e.ehdr(e_version=2), "e_version 2 is not 1"),
    "e_flags": (lambda e: e.ehdr(e_flags=1), "flags 0x1 are not 0"),
    "e_ehsize": (lambda e: e.ehdr(e_ehsize=63), "e_ehsize 63 is not 64"),
    "e_phentsize": (lambda e: e.ehdr(e_phentsize=55), "e_phentsize 55 is not 56"),
    "no segments": (lambda e: e.ehdr(e_phnum=0), "0 program headers"),
    "PN_XNUM": (lambda e: e.ehdr(e_phnum=0xFFFF), "65535 program headers"),
    "e_phnum": (lambda e: e.ehdr(e_phnum=0xFFFE), "65534 from 0x40 on run past the end of the file"),
    "e_phoff": (lambda e: e.ehdr(e_phoff=TOP - 8), "9 from 0xfffffffffffffff8 on run past the end"),
}

SEGMENTS: dict[str, Case] = {
    "W+X": (load(RX, p_flags=7), "segment 2: both writable and executable"),
    "X only": (load(RX, p_flags=1), "segment 2: flags 0x1 are none of R, RX, RW"),
    "odd flag": (load(R, p_flags=0x14), "segment 1: flags 0x14 are none of R, RX, RW"),
    "no text": (load(RX, p_flags=R), "no executable segment"),
    "two texts": (load(R, p_flags=RX), "segment 2: executable, as is segment 1"),
    "text without file": (load(RX, p_memsz=0x900), "of its 0x900 bytes are not in the file"),
    "empty": (load(R, p_filesz=0, p_memsz=0), "segment 1: 0x0 bytes of file in 0x0 bytes of memory"),
    "file larger than memory": (load(RW, p_memsz=8), "segment 3: 0x1"),
    "file range": (load(R, p_offset=0x100000, p_vaddr=0x110000), "segment 1: file range 0x100000 + "),
    "file range overflow": (load(R, p_offset=TOP - 0x1000), "past the end of the file"),
    "file size overflow": (load(R, p_filesz=TOP - 1, p_memsz=TOP - 1), "past the end of the file"),
    "below the image": (load(R, p_vaddr=0xF000), "segment 1: memory 0xf000"),
    "above the image": (load(RW, p_memsz=0x1FFE0000), "outside the image region (0x10000 to 0x1ffe1000)"),
    "memory overflow": (load(RW, p_memsz=TOP - 1), "segment 3: memory"),
    "vaddr overflow": (load(R, p_vaddr=TOP - 0x1000), "segment 1: memory 0xfffffffffffff000"),
    "unaligned": (load(RX, p_vaddr=0x11010), "segment 2: unaligned: vaddr 0x11010, file offset 0x1000"),
    "alignment 0": (load(R, p_align=0), "segment 1: unaligned"),
    "alignment no power of two": (load(R, p_align=0x3000), "segment 1: unaligned"),
    "alignment below a page": (load(R, p_align=0x800), "segment 1: unaligned"),
    "overlap": (load(R, p_memsz=0x1001), "segment 2: at 0x11000 overlaps the segment before it"),
    "descending": (load(RX, p_vaddr=0x10000), "segment 2: at 0x10000 overlaps the segment before it"),
    "unknown type": (part("PT_PHDR", p_type=0x12345678), "segment 0: unknown type 0x12345678"),
    "PT_NULL": (part("PT_PHDR", p_type=0), "segment 0: unknown type 0x0"),
    "PT_TLS": (part("PT_PHDR", p_type=7), "PT_TLS: a module cannot have thread-local variables"),
    "PT_INTERP": (part("PT_PHDR", p_type=3), "segment 0: PT_INTERP: this is a program"),
    "PT_PHDR elsewhere": (part("PT_PHDR", p_offset=0x48), "segment 0: 0x10040 + 0x1f8 (file offset 0x48)"),
    "executable stack": (part("PT_GNU_STACK", p_flags=7), "PT_GNU_STACK asks for an executable stack"),
    "no PT_DYNAMIC": (part("PT_DYNAMIC", p_type=0x6474E551, p_flags=6), "no PT_DYNAMIC"),
    "two PT_DYNAMIC": (double("PT_DYNAMIC", "PT_PHDR"), "a second PT_DYNAMIC"),
    "PT_DYNAMIC outside": (part("PT_DYNAMIC", p_vaddr=0x10), "is not part of a loaded segment"),
    "PT_DYNAMIC size": (part("PT_DYNAMIC", p_filesz=17), "PT_DYNAMIC of 0x11 bytes is no table"),
    "PT_DYNAMIC in zeros": (part("PT_DYNAMIC", p_filesz=0xFF0), "is not part of a loaded segment"),
    "PT_DYNAMIC file offset": (part("PT_DYNAMIC", p_offset=0), "(file offset 0x0) is not part of"),
    "two RELROs": (double("PT_GNU_RELRO", "PT_PHDR"), "a second PT_GNU_RELRO"),
    "RELRO in text": (part("PT_GNU_RELRO", p_vaddr=0x11000, p_memsz=8), "is not part of a writable segment"),
    "RELRO overflow": (part("PT_GNU_RELRO", p_memsz=TOP - 8), "is not part of a writable segment"),
    "RELRO of half a page": (part("PT_GNU_RELRO", p_memsz=0x800), "is not made of whole pages"),
    "no RELRO": (part("PT_GNU_RELRO", p_type=0x6474E551, p_flags=6), "is outside PT_GNU_RELRO"),
    "note outside": (part("PT_NOTE", p_vaddr=0x20000000), "is not part of a loaded segment"),
    "note size overflow": (part("PT_NOTE", p_filesz=TOP - 4), "is not part of a loaded segment"),
    "note alignment": (part("PT_NOTE", p_align=16), "PT_NOTE aligned to 0x10, not 4 or 8"),
    "no note": (part("PT_NOTE", p_type=0x6474E551, p_flags=4), "no manifest: not built by `fpcc build`?"),
    "two manifests": (double("PT_NOTE", "PT_PHDR"), "more than one manifest"),
    "a byte less": (truncate(-1), "is cut short: section headers from"),
    "truncated file": (cut_without_sections, "past the end of the file"),
}
