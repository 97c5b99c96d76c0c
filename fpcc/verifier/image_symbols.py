"""What each dynamic symbol of a module is: its own, an import of the host, or a TLS variable of the host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fpcc.abi import abi
from fpcc.verifier.elf_file import ImageError
from fpcc.verifier.image_dynamic import SYMBOL, Dynamic
from fpcc.verifier.image_manifest import Manifest
from fpcc.verifier.image_segments import Segments

NULL, OWN, IMPORT, TLS = "null", "own", "import", "tls"
ENTRY_POINTS = ("init", "process", "fini")
TLS_NAMES = ("FP_SYM_STACK_POINTER", "FP_SYM_STACK_LIMIT", "FP_SYM_WINDOW", "FP_SYM_WINDOW_REACH")

_UNDEFINED, _RESERVED = 0, 0xFF00
_NO_TYPE, _OBJECT, _FUNCTION, _TLS_TYPE = 0, 1, 2, 6
_NAME_MAX = 256  # longer names are cut: none of those that mean something is as long
_CLASSES = ("api", "bulk")  # of imports.def: those for modules of a guarded mode


@dataclass(frozen=True, slots=True)
class Symbol:
    """One dynamic symbol; `value` is an address in the image if it is the module's own."""

    kind: str
    name: str
    value: int
    function: bool


def read_symbols(segments: Segments, dynamic: Dynamic, manifest: Manifest) -> tuple[Symbol, ...]:
    """Every dynamic symbol, by its number; ImageError for one a module may not have."""
    offered = frozenset(abi().imports_of(*_CLASSES))
    symbols = tuple(_read(segments, dynamic))
    imports = [symbol.name for symbol in symbols if symbol.kind == IMPORT]
    for name in imports:
        if name not in offered:
            raise ImageError(f"symbol `{name}`: nothing a protected module may import")
    if len(set(imports)) != len(imports):
        raise ImageError("symbols: an import twice")
    if set(imports) != manifest.imports:
        raise ImageError("manifest: the imports it lists are not those of the file")
    return symbols


def find_entry_points(segments: Segments, symbols: tuple[Symbol, ...]) -> dict[str, int]:
    """The addresses of init, process and fini, as far as the module has them."""
    entries = dict[str, int]()
    for symbol in symbols:
        if symbol.kind != OWN or symbol.name not in ENTRY_POINTS:
            continue
        if symbol.name in entries:
            raise ImageError(f"entry point `{symbol.name}`: defined twice")
        if not symbol.function or not segments.text.memory.holds(symbol.value, 1):
            raise ImageError(f"entry point `{symbol.name}`: not a function in text")
        entries[symbol.name] = symbol.value
    if "process" not in entries:
        raise ImageError("entry point `process`: not defined")
    return entries


def _read(segments: Segments, dynamic: Dynamic) -> Iterator[Symbol]:
    for index, fields in enumerate(SYMBOL.iter_unpack(dynamic.symbols)):
        yield _resolve(segments, dynamic.strings, fields) if index else Symbol(NULL, "", 0, False)


def _resolve(segments: Segments, strings: bytes, fields: tuple[int, ...]) -> Symbol:
    name_at, info, _, section, value, _ = fields
    if name_at >= len(strings):
        raise ImageError(f"symbols: a name at {name_at:#x}, past the string table")
    name = strings[name_at : name_at + _NAME_MAX].partition(b"\0")[0].decode("latin-1")
    if section == _UNDEFINED:
        return _undefined(name, info & 15)
    return _own(segments, name, (info & 15, section, value))


def _undefined(name: str, kind: int) -> Symbol:
    if kind == _TLS_TYPE:
        if name not in [abi().text(key) for key in TLS_NAMES]:
            raise ImageError(f"symbol `{name}`: not a thread-local variable of the host")
        return Symbol(TLS, name, 0, False)
    if kind not in (_NO_TYPE, _FUNCTION):
        raise ImageError(f"symbol `{name}`: undefined, of type {kind}; only functions are imported")
    return Symbol(IMPORT, name, 0, True)


def _own(segments: Segments, name: str, fields: tuple[int, int, int]) -> Symbol:
    kind, section, value = fields
    if kind not in (_NO_TYPE, _OBJECT, _FUNCTION):
        raise ImageError(f"symbol `{name}`: defined with type {kind}")
    if section >= _RESERVED or not segments.in_image(value):
        raise ImageError(f"symbol `{name}`: outside the image")
    return Symbol(OWN, name, value, kind == _FUNCTION)
