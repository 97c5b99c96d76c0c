"""Modules made from assembly (AT&T syntax), as fpcc links them, with any claims in their manifest."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from fpcc.abi import abi
from fpcc.elf_note import Note, encode_note
from fpcc.module_link import assemble, link_module

_FRAME = """
    .text
    .globl process
    .type process, @function
process:
{code}
    .size process, . - process
    .section .rodata
constant:
    .quad 1, 2
    .data
variable:
    .zero 64
    .section .note.GNU-stack, "", @progbits
"""


def make_note(**claims: object) -> bytes:
    """A manifest note; `claims` replace or add fields."""
    manifest: dict[str, object] = {
        "abi": abi().number("FP_ABI_VERSION"),
        "name": "test",
        "mode": "rw",
        "lowering": "segment",
        "imports": [],
    }
    content = json.dumps(manifest | claims).encode()
    return encode_note(Note(abi().text("FP_NOTE_NAME"), abi().number("FP_NOTE_MANIFEST"), content))


def make_module(code: str, **claims: object) -> bytes:
    """A module whose process() is `code`, which may define further functions."""
    return link_module(_assembled(_FRAME.format(code=code)), make_note(**claims), b"")


@functools.cache
def _assembled(assembly: str) -> bytes:
    return assemble(assembly)


def imports_of(code: str) -> Mapping[str, object]:
    """The claim of the imports that `code` calls."""
    words = code.replace("@PLT", " ").split()
    return {"imports": sorted({word for word in words if word in abi().imports})}
