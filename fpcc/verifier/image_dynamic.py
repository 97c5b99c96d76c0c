"""The dynamic section of a module: where symbols, strings and relocations are, and a refusal of all else."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from fpcc.verifier.elf_file import ImageError
from fpcc.verifier.image_segments import Segments

SYMBOL, RELOCATION = struct.Struct("<IBBHQQ"), struct.Struct("<QQq")
_ENTRY, _WORDS = struct.Struct("<qQ"), struct.Struct("<II")

# Tags whose values are read, then those that say nothing the loader needs; any other is refused.
_USED = {
    4: "HASH", 5: "STRTAB", 10: "STRSZ", 6: "SYMTAB", 11: "SYMENT", 7: "RELA", 8: "RELASZ", 9: "RELAENT",
    23: "JMPREL", 2: "PLTRELSZ", 20: "PLTREL", 30: "FLAGS", 0x6FFFFFFB: "FLAGS_1", 14: "SONAME",
}  # fmt: skip
_UNUSED = (0x6FFFFEF5, 3, 0x6FFFFFF9, 16, 24)  # GNU_HASH, PLTGOT, RELACOUNT, SYMBOLIC, BIND_NOW
_REFUSED = {
    1: "DT_NEEDED: a module depends on no other library",
    12: "DT_INIT: a module has no constructors",
    25: "DT_INIT_ARRAY: a module has no constructors",
    32: "DT_PREINIT_ARRAY: a module has no constructors",
    13: "DT_FINI: a module has no destructors",
    26: "DT_FINI_ARRAY: a module has no destructors",
    22: "DT_TEXTREL: text is never relocated",
}
_FLAGS, _FLAGS_1 = 2 | 8 | 16, 1  # SYMBOLIC, BIND_NOW, STATIC_TLS; NOW
_RELA_TAG = 7


@dataclass(frozen=True, slots=True)
class Dynamic:
    """The tables, as bytes of whole entries."""

    strings: bytes
    symbols: bytes
    relocations: bytes  # DT_RELA, then DT_JMPREL


def read_dynamic(segments: Segments) -> Dynamic:
    """Reads and checks the dynamic section; ImageError."""
    values = dict[str, int]()
    for tag, value in _entries(segments):
        _take(values, tag, value)
    if values.get("FLAGS", 0) & ~_FLAGS or values.get("FLAGS_1", 0) & ~_FLAGS_1:
        raise ImageError("dynamic section: flags that a module does not have")
    return Dynamic(
        strings=_read_strings(segments, values),
        symbols=_read_symbols(segments, values),
        relocations=_read_relocations(segments, values, "RELA", "RELASZ")
        + _read_relocations(segments, values, "JMPREL", "PLTRELSZ"),
    )


def _entries(segments: Segments) -> Iterator[tuple[int, int]]:
    assert segments.dynamic is not None
    start, end = segments.dynamic.start, segments.dynamic.end
    for tag, value in _ENTRY.iter_unpack(segments.bytes_at(start, end - start, "dynamic section")):
        if tag == 0:
            return
        yield tag, value
    raise ImageError("dynamic section: no DT_NULL")


def _take(values: dict[str, int], tag: int, value: int) -> None:
    if tag in _UNUSED:
        return
    name = _USED.get(tag)
    if name is None:
        raise ImageError(
            f"dynamic section: {_REFUSED.get(tag) or f'tag {tag:#x} is not one a module may have'}"
        )
    if name in values:
        raise ImageError(f"dynamic section: a second DT_{name}")
    values[name] = value


def _require(values: dict[str, int], name: str) -> int:
    if name not in values:
        raise ImageError(f"dynamic section: no DT_{name}")
    return values[name]


def _read_strings(segments: Segments, values: dict[str, int]) -> bytes:
    strings = segments.bytes_at(_require(values, "STRTAB"), _require(values, "STRSZ"), "string table")
    if not strings.endswith(b"\0"):
        raise ImageError("string table: does not end in a NUL")
    if values.get("SONAME", 0) >= len(strings):
        raise ImageError("dynamic section: DT_SONAME is past the string table")
    return strings


def _read_symbols(segments: Segments, values: dict[str, int]) -> bytes:
    hashes = _require(values, "HASH")
    buckets, chains = _WORDS.unpack(segments.bytes_at(hashes, _WORDS.size, "hash table"))
    segments.bytes_at(hashes, (2 + buckets + chains) * 4, "hash table")
    if _require(values, "SYMENT") != SYMBOL.size:
        raise ImageError("dynamic section: DT_SYMENT is not the size of a symbol")
    return segments.bytes_at(_require(values, "SYMTAB"), chains * SYMBOL.size, "symbol table")


def _read_relocations(segments: Segments, values: dict[str, int], at: str, size: str) -> bytes:
    if (
        values.get("RELAENT", RELOCATION.size) != RELOCATION.size
        or values.get("PLTREL", _RELA_TAG) != _RELA_TAG
    ):
        raise ImageError("dynamic section: relocations of another kind")
    if (at in values) != (size in values):
        raise ImageError(f"dynamic section: DT_{at} without DT_{size}, or the reverse")
    if at not in values:
        return b""
    if values[size] % RELOCATION.size:
        raise ImageError(f"relocation table: DT_{size} is no whole number of entries")
    return segments.bytes_at(values[at], values[size], "relocation table")
