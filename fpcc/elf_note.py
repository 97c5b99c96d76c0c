"""ELF notes as bytes: the manifest travels in one (owner and type from abi.h).

A note is three 32-bit words (length of owner with its NUL, length of the content, type), the owner, the
content; owner and content each padded to four bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

HEADER = struct.Struct("<III")
ALIGNMENT = 4


@dataclass(frozen=True)
class Note:
    owner: str
    type: int
    content: bytes


def encode_note(note: Note) -> bytes:
    """The note's bytes, as a section of type SHT_NOTE holds them."""
    owner = note.owner.encode("ascii") + b"\0"
    return HEADER.pack(len(owner), len(note.content), note.type) + _padded(owner) + _padded(note.content)


def decode_notes(data: bytes) -> Iterator[Note]:
    """The notes of a PT_NOTE segment; ValueError when one reaches past the end."""
    position = 0
    while position < len(data):
        if len(data) - position < HEADER.size:
            raise ValueError(f"note at byte {position} of its segment is cut off")
        owner_size, content_size, kind = HEADER.unpack_from(data, position)
        owner_start = position + HEADER.size
        content_start = owner_start + _rounded(owner_size)
        if content_start + content_size > len(data):
            raise ValueError(f"note at byte {position} of its segment reaches past the segment's end")
        owner = data[owner_start : owner_start + owner_size].removesuffix(b"\0")
        content = data[content_start : content_start + content_size]
        yield Note(owner.decode("latin-1"), kind, content)
        position = content_start + _rounded(content_size)


def _rounded(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT


def _padded(data: bytes) -> bytes:
    return data.ljust(_rounded(len(data)), b"\0")
