"""The bytes of an object file's text."""

from __future__ import annotations

import io

from elftools.elf.elffile import ELFFile


def text_of(code: bytes) -> bytes:
    """Section .text of an object file or module."""
    section = ELFFile(io.BytesIO(code)).get_section_by_name(".text")
    assert section is not None
    data = section.data()
    assert isinstance(data, bytes)
    return data
