"""Malformed dynamic sections, symbols and relocations of the good module "rich", and the loader's words."""

from __future__ import annotations

from collections.abc import Callable

from tests.host.loader.elf_edit import RELA_SIZE, ElfEdit
from tests.host.loader.malformed_headers import TOP, Case

HASH, STRTAB, SYMTAB, RELA, RELASZ, RELAENT, STRSZ, SYMENT = 4, 5, 6, 7, 8, 9, 10, 11
FLAGS, FLAGS_1, RELACOUNT, GNU_HASH = 30, 0x6FFFFFFB, 0x6FFFFFF9, 0x6FFFFEF5
R_64, R_GLOB_DAT, R_JUMP_SLOT, R_RELATIVE, R_TPOFF64 = 1, 6, 7, 8, 18
FUNC, OBJECT, TLS, IFUNC = 0x12, 0x11, 0x16, 0x1A  # global


def value(tag: int, new: int) -> Callable[[ElfEdit], None]:
    return lambda e: e.dynamic(tag, value=new)


def retag(new_tag: int, new_value: int = 0) -> Callable[[ElfEdit], None]:
    """Turns an entry nothing depends on into another."""
    return lambda e: e.dynamic(RELACOUNT, value=new_value, new_tag=new_tag)


def drop(tag: int) -> Callable[[ElfEdit], None]:
    return lambda e: e.dynamic(tag, new_tag=GNU_HASH)


def symbol(name: str, **values: int) -> Callable[[ElfEdit], None]:
    return lambda e: e.symbol(name, **values)


def rename(name: str, to: str) -> Callable[[ElfEdit], None]:
    """Gives one symbol the name of another."""

    def edit(e: ElfEdit) -> None:
        names = e.elf.get_section_by_name(".dynstr").data()
        e.symbol(name, st_name=names.index(b"\0" + to.encode() + b"\0") + 1)

    return edit


def rela(kind: int, against: str = "", **values: int) -> Callable[[ElfEdit], None]:
    return lambda e: e.rela(e.relocation(kind, against), **values)


def rela_symbol(kind: int, against: str, **values: int) -> Callable[[ElfEdit], None]:
    """Makes the first relocation of `kind` refer to the symbol named `against`."""
    return lambda e: e.rela(e.relocation(kind), r_sym=e.symbol_index(against), **values)


def end_strings_without_nul(e: ElfEdit) -> None:
    start, _, size = e.section(".dynstr")
    e.data[start + size - 1] = ord("x")


def end_without_null(e: ElfEdit) -> None:
    start, _, size = e.section(".dynamic")
    e.phdr(e.find_segment("PT_DYNAMIC"), p_filesz=size - 16)


def double_relocation(e: ElfEdit) -> None:
    first = e.relocation(R_RELATIVE)
    e.copy(first, first + RELA_SIZE, RELA_SIZE)


def aim_at(section: str, offset: int = 0) -> Callable[[ElfEdit], None]:
    """Points the first GLOB_DAT into a section."""
    return lambda e: e.rela(e.relocation(R_GLOB_DAT), r_offset=e.section(section)[1] + offset)


DYNAMIC: dict[str, Case] = {
    "DT_NEEDED": (retag(1), "DT_NEEDED: a module depends on no other library"),
    "DT_INIT": (retag(12), "DT_INIT: a module has no constructors; use init()"),
    "DT_FINI": (retag(13), "DT_FINI: a module has no destructors; use fini()"),
    "DT_INIT_ARRAY": (retag(25), "DT_INIT_ARRAY: a module has no constructors"),
    "DT_FINI_ARRAY": (retag(26), "DT_FINI_ARRAY: a module has no destructors"),
    "DT_PREINIT_ARRAY": (retag(32), "DT_PREINIT_ARRAY: a module has no constructors"),
    "DT_TEXTREL": (retag(22), "DT_TEXTREL: text is never relocated"),
    "DT_RUNPATH": (retag(29), "DT_RUNPATH: a module depends on no other library"),
    "DT_RELR": (retag(36), "DT_RELR: packed relocations; link without -z pack-relative-relocs"),
    "DT_REL": (retag(17), "DT_REL: x86-64 relocations carry addends"),
    "DT_VERNEED": (retag(0x6FFFFFFE), "DT_VERNEED: symbols of a module have no versions"),
    "unknown tag": (retag(0x123456789), "unknown tag 0x123456789"),
    "two tables": (retag(SYMTAB), "a second DT_SYMTAB"),
    "DF_TEXTREL": (value(FLAGS, 4), "DF_TEXTREL: text is never relocated"),
    "DT_FLAGS": (value(FLAGS, 1), "DT_FLAGS 0x1 has bits outside"),
    "DT_FLAGS_1": (value(FLAGS_1, 0x20), "DT_FLAGS_1 0x20 has bits outside 0x1"),
    "no DT_NULL": (end_without_null, "dynamic section: no DT_NULL"),
    "no DT_STRTAB": (drop(STRTAB), "no DT_STRTAB"),
    "no DT_STRSZ": (drop(STRSZ), "no DT_STRSZ"),
    "no DT_SYMTAB": (drop(SYMTAB), "no DT_SYMTAB"),
    "no DT_SYMENT": (drop(SYMENT), "no DT_SYMENT"),
    "no DT_HASH": (drop(HASH), "no DT_HASH: link with --hash-style=both or sysv"),
    "DT_SYMENT": (value(SYMENT, 25), "DT_SYMENT 25 is not 24"),
    "DT_RELAENT": (value(RELAENT, 16), "DT_RELAENT 16 is not 24"),
    "DT_PLTREL": (retag(20, 17), "DT_PLTREL 17 is not DT_RELA (7)"),
    "DT_SONAME": (retag(14, 1 << 32), "DT_SONAME 0x100000000 is past the string table"),
    "strings outside": (value(STRTAB, 0x90000), "string table: 0x90000 + "),
    "strings overflow": (value(STRSZ, TOP - 1), "+ 0xffffffffffffffff is not in the file's image"),
    "no strings": (value(STRSZ, 0), "+ 0x0 is not in the file's image"),
    "strings unterminated": (end_strings_without_nul, "does not end in a NUL"),
    "symbols outside": (value(SYMTAB, TOP - 24), "symbol table: 0xffffffffffffffe8"),
    "symbols at the segment's end": (value(SYMTAB, 0x10F00), "symbols do not fit in its segment"),
    "hash table outside": (value(HASH, 8), "hash table: 0x8 is not in the file's image"),
    "huge symbol count": (lambda e: e.hash(chains=0xFFFFFFFF), "4294967295 chains do not fit"),
    "huge bucket count": (lambda e: e.hash(buckets=0xFFFFFFFF), "4294967295 buckets and"),
    "relocations outside": (value(RELA, 0x90000), "DT_RELA 0x90000 with DT_RELASZ"),
    "relocations overflow": (value(RELASZ, TOP - 16), "is no table in the file's image"),
    "relocation size": (value(RELASZ, 25), "DT_RELASZ 0x19 is no table"),
    "DT_RELA without size": (drop(RELASZ), "with DT_RELASZ 0x0 is no table"),
    "DT_JMPREL without size": (retag(23, 0x10000), "DT_JMPREL 0x10000 with DT_PLTRELSZ 0x0 is no table"),
}

SYMBOLS: dict[str, Case] = {
    "name past the strings": (symbol("fp_now", st_name=0xFFFFFFFF), "name at 0xffffffff is past the string"),
    "not an import": (symbol("table", st_shndx=0, st_info=FUNC), "`table`: not defined, and not an import"),
    "not a function": (symbol("fp_now", st_info=OBJECT), "`fp_now`: undefined, of type 1; only functions"),
    "imported twice": (rename("fp_now", "fp_log"), "`fp_log`: imported twice"),
    "TLS of no meaning": (symbol("fp_now", st_info=TLS), "`fp_now`: not a thread-local variable of the host"),
    "TLS of its own": (symbol("table", st_info=TLS), "`table`: a thread-local variable; a module cannot"),
    "ifunc": (symbol("table", st_info=IFUNC), "`table`: an ifunc; a module cannot have any"),
    "unknown type": (symbol("table", st_info=0x1F), "`table`: defined with unknown type 15"),
    "absolute": (symbol("table", st_shndx=0xFFF1), "`table`: absolute, common or otherwise in no section"),
    "common": (symbol("table", st_shndx=0xFFF2), "in no section (0xfff2)"),
    "outside": (symbol("table", st_value=0x10000000), "`table`: 0x10000000 is outside the image"),
    "below": (symbol("table", st_value=0), "`table`: 0x0 is outside the image"),
    "no process": (rename("process", "table"), "entry point `process`: not defined"),
    "two processes": (rename("init", "process"), "entry point `process`: defined twice"),
    "process is data": (symbol("process", st_info=OBJECT), "entry point `process`: not a function"),
    "process in data": (symbol("process", st_value=0x12000), "`process`: 0x12000 is not in the text segment"),
    "init in data": (symbol("init", st_value=0x12000), "`init`: 0x12000 is not in the text segment"),
    "fini is data": (symbol("fini", st_info=OBJECT), "entry point `fini`: not a function"),
    "init undefined": (symbol("init", st_shndx=0), "`init`: not defined, and not an import the host offers"),
}

RELOCATIONS: dict[str, Case] = {
    "COPY": (rela(R_GLOB_DAT, r_type=5), "type 5 at 0x12"),
    "IRELATIVE": (rela(R_RELATIVE, r_type=37), "type 37 at 0x13"),
    "NONE": (rela(R_RELATIVE, r_type=0), "type 0 at 0x13"),
    "32 bits": (rela(R_RELATIVE, r_type=10), "type 10 at 0x13"),
    "DTPMOD64": (rela(R_TPOFF64, r_type=16), "type 16 at 0x12"),
    "unaligned": (rela(R_RELATIVE, r_offset=0x13001), "target 0x13001 is unaligned"),
    "outside": (rela(R_RELATIVE, r_offset=TOP - 8), "target 0xfffffffffffffff8 is not in the file's image"),
    "in no file": (aim_at(".bss", 4096), "is not in the file's image"),
    "in text": (rela(R_RELATIVE, r_offset=0x11000), "target 0x11000 is in segment 2, which is not writable"),
    "in constants": (rela(R_RELATIVE, r_offset=0x10000), "is in segment 1, which is not writable"),
    "import slot in data": (aim_at(".data"), "R_X86_64_GLOB_DAT target 0x13"),
    "TPOFF in data": (
        lambda e: e.rela(e.relocation(R_TPOFF64), r_offset=e.section(".data")[1]),
        "outside PT",
    ),
    "in the dynamic section": (aim_at(".dynamic"), "is in the dynamic section or a note"),
    "twice": (double_relocation, "relocations: two for target 0x"),
    "no such symbol": (rela(R_GLOB_DAT, r_sym=0xFFFFFF), "symbol 16777215 of "),
    "import without symbol": (rela(R_GLOB_DAT, r_sym=0), "R_X86_64_GLOB_DAT cannot refer to symbol 0"),
    "RELATIVE with symbol": (rela_symbol(R_RELATIVE, "table"), "R_X86_64_RELATIVE cannot refer to symbol"),
    "import in data": (
        rela_symbol(R_RELATIVE, "fp_log", r_type=R_64, r_addend=0),
        "an import: its address may not be stored in data",
    ),
    "own JUMP_SLOT": (rela_symbol(R_GLOB_DAT, "table", r_type=R_JUMP_SLOT), "JUMP_SLOT cannot refer to"),
    "TPOFF of a function": (rela_symbol(R_TPOFF64, "fp_log"), "R_X86_64_TPOFF64 cannot refer to symbol"),
    "GLOB_DAT of TLS": (rela_symbol(R_GLOB_DAT, "__fp_stack_limit"), "GLOB_DAT cannot refer to symbol"),
    "middle of an import": (rela(R_GLOB_DAT, r_addend=4), "R_X86_64_GLOB_DAT with addend 4, not 0"),
    "beside a TLS slot": (rela(R_TPOFF64, r_addend=-8), "R_X86_64_TPOFF64 with addend -8, not 0"),
    "RELATIVE outside": (rela(R_RELATIVE, r_addend=0x10000000), "to 0x10000000, outside the image"),
    "RELATIVE to the base": (rela(R_RELATIVE, r_addend=0), "R_X86_64_RELATIVE to 0x0, outside the image"),
    "RELATIVE negative": (rela(R_RELATIVE, r_addend=-1), "to 0xffffffffffffffff, outside the image"),
    "64 outside": (rela_symbol(R_RELATIVE, "table", r_type=R_64, r_addend=1 << 40), "outside the image"),
}
