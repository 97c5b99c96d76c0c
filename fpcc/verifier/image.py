"""What a module's file will be once loaded: text, data, imports, entry points. Rules look at nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fpcc.verifier.elf_file import ImageError, Span, read_program_headers
from fpcc.verifier.image_dynamic import read_dynamic
from fpcc.verifier.image_manifest import Manifest, read_manifest
from fpcc.verifier.image_relocations import WORD, Relocation, read_relocations
from fpcc.verifier.image_segments import Segments, read_segments
from fpcc.verifier.image_symbols import IMPORT, NULL, OWN, TLS, find_entry_points, read_symbols


@dataclass(frozen=True, slots=True)
class Image:
    """A loaded module; addresses are offsets in its arena, which are the file's virtual addresses."""

    manifest: Manifest
    text: bytes
    text_span: Span
    entries: Mapping[str, int]  # init, process, fini -> address
    readable: tuple[Span, ...]  # everything loaded
    writable: tuple[Span, ...]  # what stays writable once the image is sealed
    import_slots: Mapping[int, str]  # address of a read-only word -> the import whose address it holds
    tls_slots: Mapping[int, str]  # address of a read-only word -> the host's variable whose offset it holds
    text_pointers: frozenset[int]  # addresses in text that relocated words hold
    relro: Span
    relro_bytes: bytes  # of the file, before relocation
    relocated: frozenset[int]  # addresses of the words that relocations write

    def is_null_word(self, address: int) -> bool:
        """True if these eight bytes are zero and stay so."""
        if address % WORD or not self.relro.holds(address, WORD) or address in self.relocated:
            return False
        offset = address - self.relro.start
        return not any(self.relro_bytes[offset : offset + WORD])


def read_image(data: bytes) -> Image:
    """Reads a protected module as the host's loader does; ImageError if it is none."""
    segments = read_segments(data, read_program_headers(data))
    manifest = read_manifest(segments)
    if manifest.mode == "none":
        raise ImageError("nothing is promised in mode none, and nothing can be proved")
    dynamic = read_dynamic(segments)
    symbols = read_symbols(segments, dynamic, manifest)
    relocations = read_relocations(segments, dynamic, symbols)
    text = segments.text
    return Image(
        manifest=manifest,
        text=data[text.file_offset : text.file_offset + text.file_size],
        text_span=text.memory,
        entries=MappingProxyType(find_entry_points(segments, symbols)),
        readable=tuple(load.memory for load in segments.loads),
        writable=tuple(_writable(segments)),
        import_slots=MappingProxyType(_slots(relocations, IMPORT)),
        tls_slots=MappingProxyType(_slots(relocations, TLS)),
        text_pointers=frozenset(r.value for r in relocations if _points_into(r, text.memory)),
        relro=segments.relro,
        relro_bytes=_relro_bytes(segments),
        relocated=frozenset(r.target for r in relocations),
    )


def _relro_bytes(segments: Segments) -> bytes:
    """What the file has for RELRO; the rest of it is zero."""
    load = segments.load_at(segments.relro.start, 1)
    if load is None:
        return b""
    start = segments.relro.start - load.memory.start
    return segments.data[load.file_offset + start : load.file_offset + load.file_size]


def _slots(relocations: tuple[Relocation, ...], kind: str) -> dict[int, str]:
    return {r.target: r.symbol.name for r in relocations if r.symbol.kind == kind}


def _points_into(relocation: Relocation, text: Span) -> bool:
    return relocation.symbol.kind in (OWN, NULL) and text.holds(relocation.value, 1)


def _writable(segments: Segments) -> Iterator[Span]:
    for load in segments.loads:
        if load.rights == "rw":
            yield from _outside(load.memory, segments.relro)


def _outside(span: Span, hole: Span) -> Iterator[Span]:
    """What is left of a span without the hole."""
    if not (hole.start < span.end and span.start < hole.end):
        yield span
        return
    if span.start < hole.start:
        yield Span(span.start, hole.start)
    if hole.end < span.end:
        yield Span(hole.end, span.end)
