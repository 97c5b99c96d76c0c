"""The segments of a module: which pages its image takes, with what rights, from where in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fpcc.abi import abi
from fpcc.verifier.elf_file import PAGE, ImageError, ProgramHeader, Span

_EXECUTE, _WRITE, _READ = 1, 2, 4
_RIGHTS = {_READ: "r", _READ | _EXECUTE: "rx", _READ | _WRITE: "rw"}
_LOADS_MAX, _NOTES_MAX = 16, 8
_DYNAMIC_ENTRY = 16

_LOAD, _DYNAMIC, _INTERP, _NOTE, _PHDR, _TLS = 1, 2, 3, 4, 6, 7
_EH_FRAME, _STACK, _RELRO, _PROPERTY = 0x6474E550, 0x6474E551, 0x6474E552, 0x6474E553


@dataclass(frozen=True, slots=True)
class Load:
    """A loaded segment; `file_offset` is where its first byte is in the file."""

    rights: str  # "r", "rx", "rw"
    memory: Span
    file_offset: int
    file_size: int

    @property
    def pages(self) -> Span:
        """The whole pages it takes."""
        return Span(self.memory.start // PAGE * PAGE, -(-self.memory.end // PAGE) * PAGE)


@dataclass(frozen=True, slots=True)
class Note:
    """A note segment: where it is, and the alignment of what it holds."""

    span: Span
    alignment: int


@dataclass(frozen=True, slots=True)
class Segments:
    """What the program headers say, all of it checked. Addresses are offsets in the arena."""

    data: bytes
    loads: tuple[Load, ...] = ()  # ascending; no page is shared
    dynamic: Span | None = None
    relro: Span = Span(0, 0)
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> Load:
        """The only executable segment."""
        return next(load for load in self.loads if load.rights == "rx")

    def load_at(self, address: int, size: int) -> Load | None:
        """The segment whose memory holds these bytes."""
        return next((load for load in self.loads if load.memory.holds(address, size)), None)

    def file_offset(self, address: int, size: int) -> int | None:
        """Where in the file these bytes come from; None unless all of them do."""
        load = self.load_at(address, size)
        if load is None or address - load.memory.start + size > load.file_size:
            return None
        return load.file_offset + address - load.memory.start

    def bytes_at(self, address: int, size: int, what: str) -> bytes:
        """These bytes of the image as the file has them; ImageError."""
        offset = self.file_offset(address, size)
        if offset is None:
            raise ImageError(f"{what}: {address:#x} + {size:#x} is not in the file's image")
        return self.data[offset : offset + size]

    def in_image(self, address: int) -> bool:
        """True if the module may mean this address: any byte of the image, or its end."""
        return self.loads[0].memory.start <= address <= self.loads[-1].pages.end


def read_segments(data: bytes, headers: tuple[ProgramHeader, ...]) -> Segments:
    """Takes every program header, loaded segments first, because the others are parts of them."""
    segments = Segments(data)
    unknown = [header for header in headers if header.type != _LOAD and header.type not in _TAKERS]
    if unknown:
        raise ImageError(f"segment {unknown[0].index}: unknown type {unknown[0].type:#x}")
    for header in headers:
        segments = _take_load(segments, header) if header.type == _LOAD else segments
    if not any(load.rights == "rx" for load in segments.loads):
        raise ImageError("program headers: no executable segment")
    for header in headers:
        segments = _TAKERS[header.type](segments, header) if header.type != _LOAD else segments
    if segments.dynamic is None:
        raise ImageError("program headers: no PT_DYNAMIC")
    return segments


def _take_load(segments: Segments, header: ProgramHeader) -> Segments:
    rights = _RIGHTS.get(header.flags)
    if rights is None:
        raise ImageError(f"segment {header.index}: flags {header.flags:#x} are none of R, RX, RW")
    _check_ranges(segments, header)
    if rights == "rx":
        _check_text(segments, header)
    load = Load(
        rights, Span(header.address, header.address + header.memory_size), header.offset, header.file_size
    )
    if len(segments.loads) == _LOADS_MAX:
        raise ImageError(f"segment {header.index}: more than {_LOADS_MAX} loaded segments")
    if segments.loads and load.pages.start < segments.loads[-1].pages.end:
        raise ImageError(f"segment {header.index}: {header.address:#x} overlaps the segment before it")
    return replace(segments, loads=(*segments.loads, load))


def _check_ranges(segments: Segments, header: ProgramHeader) -> None:
    number = abi().number
    first, limit = number("FP_IMAGE_OFFSET"), number("FP_IMAGE_LIMIT") - number("FP_IMAGE_SHIFT_MAX")
    if header.memory_size == 0 or header.file_size > header.memory_size:
        raise ImageError(f"segment {header.index}: more bytes in the file than in memory, or none")
    if header.offset + header.file_size > len(segments.data):
        raise ImageError(f"segment {header.index}: runs past the end of the file")
    if header.address < first or header.address + header.memory_size > limit:
        raise ImageError(f"segment {header.index}: {header.address:#x} is outside the image region")
    alignment = header.alignment
    if alignment < PAGE or alignment & (alignment - 1) or (header.address - header.offset) % alignment:
        raise ImageError(f"segment {header.index}: unaligned")


def _check_text(segments: Segments, header: ProgramHeader) -> None:
    if any(load.rights == "rx" for load in segments.loads):
        raise ImageError(f"segment {header.index}: a second executable segment")
    if header.file_size != header.memory_size:
        raise ImageError(f"segment {header.index}: executable bytes that are not in the file")


def _check_inside(segments: Segments, header: ProgramHeader) -> Segments:
    if segments.file_offset(header.address, header.file_size) != header.offset:
        raise ImageError(f"segment {header.index}: {header.address:#x} is not part of a loaded segment")
    return segments


def _take_dynamic(segments: Segments, header: ProgramHeader) -> Segments:
    if segments.dynamic is not None:
        raise ImageError(f"segment {header.index}: a second PT_DYNAMIC")
    if header.file_size == 0 or header.file_size % _DYNAMIC_ENTRY:
        raise ImageError(f"segment {header.index}: PT_DYNAMIC is no table")
    _check_inside(segments, header)
    return replace(segments, dynamic=Span(header.address, header.address + header.file_size))


def _take_relro(segments: Segments, header: ProgramHeader) -> Segments:
    load = segments.load_at(header.address, header.memory_size)
    if segments.relro.end:
        raise ImageError(f"segment {header.index}: a second PT_GNU_RELRO")
    if header.memory_size == 0 or load is None or load.rights != "rw":
        raise ImageError(f"segment {header.index}: PT_GNU_RELRO is not part of a writable segment")
    if header.address % PAGE or header.memory_size % PAGE:
        raise ImageError(f"segment {header.index}: PT_GNU_RELRO is not made of whole pages")
    return replace(segments, relro=Span(header.address, header.address + header.memory_size))


def _take_note(segments: Segments, header: ProgramHeader) -> Segments:
    if len(segments.notes) == _NOTES_MAX:
        raise ImageError(f"segment {header.index}: more than {_NOTES_MAX} note segments")
    if header.alignment > 4 and header.alignment != 8:
        raise ImageError(f"segment {header.index}: PT_NOTE aligned to {header.alignment:#x}")
    _check_inside(segments, header)
    note = Note(Span(header.address, header.address + header.file_size), 8 if header.alignment == 8 else 4)
    return replace(segments, notes=(*segments.notes, note))


def _take_stack(segments: Segments, header: ProgramHeader) -> Segments:
    if header.flags & _EXECUTE:
        raise ImageError(f"segment {header.index}: PT_GNU_STACK asks for an executable stack")
    return segments


def _refuse(segments: Segments, header: ProgramHeader) -> Segments:
    what = "PT_TLS: a module has no thread-local variables" if header.type == _TLS else "PT_INTERP: a program"
    raise ImageError(f"segment {header.index}: {what}")


_TAKERS: dict[int, Callable[[Segments, ProgramHeader], Segments]] = {
    _PHDR: _check_inside,
    _DYNAMIC: _take_dynamic,
    _NOTE: _take_note,
    _RELRO: _take_relro,
    _STACK: _take_stack,
    _EH_FRAME: _check_inside,
    _PROPERTY: _check_inside,
    _TLS: _refuse,
    _INTERP: _refuse,
}
