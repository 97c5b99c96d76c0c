"""A module file (.fpm) as a value: manifest, layout, embedded decisions. The file may be hostile.

Whatever is wrong with it ends as one InputError naming the file; nothing it says is believed beyond showing
it. The writers of the two embedded parts (`manifest_note`, `pack_decisions`) stand next to their readers.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.construct.core import ConstructError
from elftools.elf.elffile import ELFFile

from fpcc.abi import abi
from fpcc.decisions_file import SIZE_LIMIT, decode_decisions, encode_decisions, read_limited
from fpcc.elf_note import Note, decode_notes, encode_note
from fpcc.errors import InputError
from fpcc.manifest import Manifest
from fpcc.module_layout import Layout, read_layout
from fpcc.strict_json import SchemaError
from passes.asm.checks import CHECKS_SECTION
from passes.model import Decisions

ELF_MAGIC = b"\x7fELF"
MANIFEST_LIMIT = 1 << 24  # bytes

# pyelftools checks little of what it parses; on hostile input it fails in any of these ways.
_PARSE_ERRORS = (
    ELFError,
    ConstructError,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    StopIteration,
    MemoryError,
)


@dataclass(frozen=True)
class ModuleFile:
    """What can be known of a module without loading it."""

    path: str
    size: int  # bytes of the file
    sha256: str
    manifest: Manifest
    layout: Layout
    packed_decisions: bytes | None  # None: built without, or stripped
    checks: bytes = b""  # the table of fpcc/check_table.py, empty but for lowering mpx

    def decisions(self) -> Decisions:
        """The decisions that travel in the module; InputError when there are none or they are damaged."""
        if self.packed_decisions is None:
            raise InputError(
                f"{self.path}: holds no decisions (it was stripped, or built without)\n"
                "    give the .decisions.json that was written beside it"
            )
        return unpack_decisions(self.packed_decisions, self.path)


def read_module(path: Path) -> ModuleFile:
    """Reads a module; InputError says what is wrong with it."""
    return parse_module(read_limited(path, abi().number("FP_IMAGE_LIMIT")), str(path))


def parse_module(data: bytes, name: str) -> ModuleFile:
    """The same for bytes; `name` is what errors call them."""
    if not data.startswith(ELF_MAGIC):
        raise InputError(f"{name}: not a module (it does not begin as an ELF file does)")
    try:
        elf = ELFFile(io.BytesIO(data))
        layout = read_layout(elf, len(data))
        content = _manifest_content(elf)
        packed = _section(elf, abi().text("FP_SECTION_DECISIONS"))
        checks = _section(elf, CHECKS_SECTION) or b""
    except _PARSE_ERRORS as error:
        raise InputError(f"{name}: not a module, or damaged: {str(error) or type(error).__name__}") from error
    manifest = _parse_manifest(content, name)
    return ModuleFile(name, len(data), hashlib.sha256(data).hexdigest(), manifest, layout, packed, checks)


def load_module_or_decisions(path: Path) -> Decisions:
    """The decisions in a module, or in a decisions.json, whichever `path` is."""
    data = read_limited(path, max(SIZE_LIMIT, abi().number("FP_IMAGE_LIMIT")))
    if data.startswith(ELF_MAGIC):
        return parse_module(data, str(path)).decisions()
    return decode_decisions(data, str(path))


def manifest_note(manifest: Manifest) -> bytes:
    """The bytes of the note section (SHT_NOTE, flag A, aligned to 4) that carries the manifest."""
    return encode_note(Note(abi().text("FP_NOTE_NAME"), abi().number("FP_NOTE_MANIFEST"), manifest.to_json()))


def pack_decisions(decisions: Decisions) -> bytes:
    """The bytes of the section FP_SECTION_DECISIONS (not loaded): decisions.json as a zlib stream."""
    return zlib.compress(encode_decisions(decisions), 9)


def unpack_decisions(packed: bytes, name: str) -> Decisions:
    """The reverse; stops at SIZE_LIMIT bytes, however much the stream would expand to."""
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(packed, SIZE_LIMIT)
    except zlib.error as error:
        raise InputError(f"{name}: the embedded decisions are damaged: {error}") from error
    if stream.unconsumed_tail:
        raise InputError(f"{name}: the embedded decisions exceed {SIZE_LIMIT:,} bytes")
    if not stream.eof:
        raise InputError(f"{name}: the embedded decisions are cut off")
    return decode_decisions(data, f"{name} ({abi().text('FP_SECTION_DECISIONS')})")


def _manifest_content(elf: ELFFile) -> bytes:
    owner, kind = abi().text("FP_NOTE_NAME"), abi().number("FP_NOTE_MANIFEST")
    found = [
        note.content
        for segment in elf.iter_segments(type="PT_NOTE")
        for note in decode_notes(segment.data())
        if (note.owner, note.type) == (owner, kind)
    ]
    if len(found) != 1:
        raise ValueError(f"{len(found)} manifest notes, a module has one; was it built by fpcc?")
    if len(found[0]) > MANIFEST_LIMIT:
        raise ValueError(f"the manifest exceeds {MANIFEST_LIMIT:,} bytes")
    return found[0]


def _section(elf: ELFFile, name: str) -> bytes | None:
    """The raw bytes; not `Section.data`, which allocates and expands whatever the header claims."""
    section = elf.get_section_by_name(name)
    if section is None:
        return None
    if section["sh_type"] != "SHT_PROGBITS":
        raise ValueError(f"section {name} is of type {section['sh_type']}")
    elf.stream.seek(section["sh_offset"])
    return elf.stream.read(section["sh_size"])


def _parse_manifest(content: bytes, name: str) -> Manifest:
    try:
        return Manifest.from_json(content)
    except SchemaError as error:
        raise InputError(f"{name}: the manifest is malformed: {error}") from error
