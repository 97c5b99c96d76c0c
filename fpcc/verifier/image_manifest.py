"""The manifest of a module, read strictly from its one note: what it claims about its protection."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fpcc.abi import abi
from fpcc.verifier.elf_file import ImageError
from fpcc.verifier.image_segments import Segments

MODES = ("none", "wonly", "rw", "pointer")
LOWERINGS = ("none", "compare", "segment", "mpx")

_HEADER = struct.Struct("<III")
_SIZE_MAX = 0x100000
_DEPTH_MAX = 16


@dataclass(frozen=True, slots=True)
class Manifest:
    """The claims that the rules depend on."""

    name: str
    mode: str
    lowering: str
    imports: frozenset[str]


def read_manifest(segments: Segments) -> Manifest:
    """The manifest in the notes of a module; ImageError if there is not exactly one."""
    found = [content for note in segments.notes for content in _our_notes(segments, note.span.start, note)]
    if len(found) != 1:
        raise ImageError(f"notes: {len(found)} manifests, not one")
    return _read_fields(_parse(found[0]))


def _our_notes(segments: Segments, start: int, note: Any) -> Iterator[bytes]:
    data = segments.bytes_at(start, note.span.end - start, "notes")
    at = 0
    while at < len(data):
        if at + _HEADER.size > len(data):
            raise ImageError(f"notes: a header at {at:#x} runs past the segment")
        name_size, size, kind = _HEADER.unpack_from(data, at)
        name = at + _HEADER.size
        content = _padded(name + name_size, note.alignment)
        if name + name_size > len(data) or content + size > len(data):
            raise ImageError(f"notes: the note at {at:#x} runs past the segment")
        if data[name : name + name_size] == abi().text("FP_NOTE_NAME").encode() + b"\0":
            _check_type(kind)
            yield data[content : content + size]
        at = _padded(content + size, note.alignment)


def _check_type(kind: int) -> None:
    if kind != abi().number("FP_NOTE_MANIFEST"):
        raise ImageError(f"notes: unknown note of type {kind}")


def _padded(size: int, alignment: int) -> int:
    return -(-size // alignment) * alignment


def _parse(content: bytes) -> Any:
    if len(content) > _SIZE_MAX:
        raise ImageError(f"manifest: {len(content)} bytes, more than {_SIZE_MAX}")
    if content.count(b"{") + content.count(b"[") > _SIZE_MAX // _DEPTH_MAX:
        raise ImageError("manifest: too many brackets")
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_distinct, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise ImageError(f"manifest: not JSON: {error}") from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _read_fields(manifest: Any) -> Manifest:
    if not isinstance(manifest, dict):
        raise ImageError("manifest: not a JSON object")
    version = manifest.get("abi")
    if type(version) is not int or version != abi().number("FP_ABI_VERSION"):
        raise ImageError(f"manifest: ABI version {str(version)[:32]}, not {abi().number('FP_ABI_VERSION')}")
    name, imports = manifest.get("name"), manifest.get("imports")
    if not isinstance(name, str) or not name:
        raise ImageError("manifest: `name` is not a string")
    if not isinstance(imports, list) or not all(isinstance(item, str) for item in imports):
        raise ImageError("manifest: `imports` is not a list of strings")
    if len(set(imports)) != len(imports):
        raise ImageError("manifest: an import twice")
    mode = _one_of(manifest, "mode", MODES)
    lowering = _one_of(manifest, "lowering", LOWERINGS)
    if (mode == "none") != (lowering == "none"):
        raise ImageError(f"manifest: mode {mode} with lowering {lowering}")
    return Manifest(name, mode, lowering, frozenset(imports))


def _one_of(manifest: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
    value = manifest.get(key)
    if value not in known or not isinstance(value, str):
        raise ImageError(f"manifest: `{key}` is not one of {', '.join(known)}")
    return value
