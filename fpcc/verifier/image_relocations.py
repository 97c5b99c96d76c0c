"""The relocations of a module: which words of the image the host writes, and what with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fpcc.verifier.elf_file import ImageError
from fpcc.verifier.image_dynamic import RELOCATION, Dynamic
from fpcc.verifier.image_segments import Segments
from fpcc.verifier.image_symbols import IMPORT, NULL, OWN, TLS, Symbol

WORD = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of relocation a module may hold."""

    name: str
    symbols: tuple[str, ...]
    sealed: bool  # its target must be read-only once the image is sealed
    addend: bool  # symbol + addend must lie in the image; otherwise the addend must be 0


RULES = {
    8: Rule("R_X86_64_RELATIVE", (NULL,), False, True),
    1: Rule("R_X86_64_64", (OWN,), False, True),
    6: Rule("R_X86_64_GLOB_DAT", (OWN, IMPORT), True, False),
    7: Rule("R_X86_64_JUMP_SLOT", (IMPORT,), True, False),
    18: Rule("R_X86_64_TPOFF64", (TLS,), True, False),
}


@dataclass(frozen=True, slots=True)
class Relocation:
    """A word at `target` that becomes the symbol's value plus the addend."""

    target: int
    symbol: Symbol
    value: int  # an address in the image, for the module's own


def read_relocations(
    segments: Segments, dynamic: Dynamic, symbols: tuple[Symbol, ...]
) -> tuple[Relocation, ...]:
    """Every relocation; ImageError for one a module may not have, or two for one word."""
    relocations = tuple(_read(segments, dynamic, symbols))
    if len({relocation.target for relocation in relocations}) != len(relocations):
        raise ImageError("relocations: two for one target")
    return relocations


def _read(segments: Segments, dynamic: Dynamic, symbols: tuple[Symbol, ...]) -> Iterator[Relocation]:
    for target, info, addend in RELOCATION.iter_unpack(dynamic.relocations):
        rule, index = RULES.get(info & 0xFFFFFFFF), info >> 32
        if rule is None:
            raise ImageError(
                f"relocation at {target:#x}: type {info & 0xFFFFFFFF} is not one a module may have"
            )
        _check_target(segments, rule, target)
        if index >= len(symbols) or symbols[index].kind not in rule.symbols:
            raise ImageError(f"relocation at {target:#x}: {rule.name} cannot refer to symbol {index}")
        symbol = symbols[index]
        if not rule.addend and addend:
            raise ImageError(f"relocation at {target:#x}: {rule.name} with an addend")
        if rule.addend and not segments.in_image(symbol.value + addend):
            raise ImageError(f"relocation at {target:#x}: {rule.name} to outside the image")
        yield Relocation(target, symbol, symbol.value + addend)


def _check_target(segments: Segments, rule: Rule, target: int) -> None:
    load = segments.load_at(target, WORD)
    if target % WORD or load is None or segments.file_offset(target, WORD) is None:
        raise ImageError(f"relocation at {target:#x}: unaligned, or not in the file's image")
    if load.rights != "rw":
        raise ImageError(f"relocation at {target:#x}: in a segment that is not writable")
    if rule.sealed and not segments.relro.holds(target, WORD):
        raise ImageError(f"relocation at {target:#x}: {rule.name} outside PT_GNU_RELRO")
    if _is_metadata(segments, target):
        raise ImageError(f"relocation at {target:#x}: in the dynamic section or a note")


def _is_metadata(segments: Segments, target: int) -> bool:
    spans = [note.span for note in segments.notes]
    spans += [segments.dynamic] if segments.dynamic else []
    return any(span.touches(target, WORD) for span in spans)
