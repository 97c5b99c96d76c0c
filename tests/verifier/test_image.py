"""The rule "file": what the host would not load, or could not rely on, is refused; "
"nothing makes the reader fail."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from typing import Any

import pytest

from fpcc.module_link import assemble, link_module
from fpcc.verifier.elf_file import read_program_headers
from fpcc.verifier.image import read_image
from fpcc.verifier.verify import verify_module
from tests.verifier.assembled import make_module, make_note

CODE = """
    pushq %rax
    callq fp_now@PLT
    movq __fp_stack_pointer@GOTTPOFF(%rip), %rcx
    movq %rax, where(%rip)
    popq %rcx
    ret
    .data
where:
    .quad process
    .text
"""
NOW = {"imports": ["fp_now"]}
PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")
LOAD, DYNAMIC, RELRO, STACK, NOTE = 1, 2, 0x6474E552, 0x6474E551, 4


def refusal(data: bytes) -> str:
    (violation,) = verify_module(data).violations
    assert violation.rule == "file"
    return violation.message


def with_header(data: bytes, kind: int, change: Callable[[list[int]], None], flags: int = -1) -> bytes:
    """The file with the first program header of this kind (and these flags) changed."""
    header = next(h for h in read_program_headers(data) if h.type == kind and flags in (-1, h.flags))
    at = 64 + header.index * PROGRAM_HEADER.size
    fields = list(PROGRAM_HEADER.unpack_from(data, at))
    change(fields)
    return data[:at] + PROGRAM_HEADER.pack(*fields) + data[at + PROGRAM_HEADER.size :]


def setter(field: int, value: int) -> Callable[[list[int]], None]:
    def change(fields: list[int]) -> None:
        fields[field] = value

    return change


def test_a_file_without_its_last_byte_is_refused() -> None:
    data = make_module(CODE, **NOW)
    assert not verify_module(data).violations
    assert "is cut short: section headers run past its end" in refusal(data[:-1])


def with_dynamic(data: bytes, tag: int, new: tuple[int, int]) -> bytes:
    """The file with the entry of this tag in its dynamic section replaced."""
    header = next(h for h in read_program_headers(data) if h.type == DYNAMIC)
    for at in range(header.offset, header.offset + header.file_size, 16):
        if struct.unpack_from("<q", data, at)[0] == tag:
            return data[:at] + struct.pack("<qQ", *new) + data[at + 16 :]
    raise AssertionError(f"no tag {tag}")


@pytest.fixture(scope="module")
def small() -> bytes:
    return make_module(CODE, **NOW)


def test_a_small_module_is_read(small: bytes) -> None:
    image = read_image(small)
    assert list(image.entries) == ["process"]
    assert list(image.import_slots.values()) == ["fp_now"]
    assert list(image.tls_slots.values()) == ["__fp_stack_pointer"]
    assert image.text_pointers == {image.entries["process"]}
    for slot in (*image.import_slots, *image.tls_slots):
        assert image.relro.holds(slot, 8) and not any(span.touches(slot, 8) for span in image.writable)


FLAGS, OFFSET, ADDRESS, FILE_SIZE, MEMORY_SIZE, ALIGNMENT = 1, 2, 3, 5, 6, 7
READ_EXECUTE, READ_WRITE = 5, 6
BROKEN_HEADERS = {
    "writable text": (LOAD, FLAGS, 7, READ_EXECUTE),
    "text that cannot be read": (LOAD, FLAGS, 1, READ_EXECUTE),
    "no text": (LOAD, FLAGS, 4, READ_EXECUTE),
    "two texts": (LOAD, FLAGS, READ_EXECUTE, READ_WRITE),
    "below the image": (LOAD, ADDRESS, 0, READ_EXECUTE),
    "beyond the image": (LOAD, ADDRESS, 0x20001000, READ_EXECUTE),
    "past the end of the file": (LOAD, FILE_SIZE, 1 << 40, READ_EXECUTE),
    "wrapping around": (LOAD, ADDRESS, (1 << 64) - 4096, READ_EXECUTE),
    "overlapping": (LOAD, MEMORY_SIZE, 0x100000, READ_WRITE),
    "unaligned": (LOAD, ALIGNMENT, 3, READ_EXECUTE),
    "text not all in the file": (LOAD, MEMORY_SIZE, 0xFFF, READ_EXECUTE),
    "an executable stack": (STACK, FLAGS, 7, -1),
    "relro in the middle of a page": (RELRO, MEMORY_SIZE, 8, -1),
    "no relro": (RELRO, 0, STACK, -1),
    "relro over text": (RELRO, ADDRESS, 0x11000, -1),
    "an unknown segment": (STACK, 0, 0x12345, -1),
    "thread-local variables": (STACK, 0, 7, -1),
    "an interpreter": (STACK, 0, 3, -1),
    "no dynamic section": (DYNAMIC, 0, STACK, -1),
    "a dynamic section elsewhere": (DYNAMIC, OFFSET, 0, -1),
    "no note": (NOTE, 0, STACK, -1),
}


@pytest.mark.parametrize("name", BROKEN_HEADERS)
def test_a_wrong_program_header_is_refused(small: bytes, name: str) -> None:
    kind, field, value, flags = BROKEN_HEADERS[name]
    assert refusal(with_header(small, kind, setter(field, value), flags))


BROKEN_TAGS = {
    "a constructor": (6, (12, 0x11000), "constructors"),
    "constructors": (6, (25, 0x11000), "constructors"),
    "a destructor": (6, (13, 0x11000), "destructors"),
    "a library": (6, (1, 1), "library"),
    "relocated text": (6, (22, 0), "text"),
    "an unknown tag": (6, (0x60000000, 0), "not one a module may have"),
    "no symbols": (6, (24, 0), "no DT_SYMTAB"),
    "symbols elsewhere": (6, (6, 0x1000), "not in the file's image"),
    "relocations elsewhere": (23, (23, 0xFFFFFFFFFFFFFFF0), "not in the file's image"),
    "a table of half entries": (2, (2, 23), "whole number"),
}


@pytest.mark.parametrize("name", BROKEN_TAGS)
def test_a_wrong_dynamic_section_is_refused(small: bytes, name: str) -> None:
    tag, new, words = BROKEN_TAGS[name]
    assert words in refusal(with_dynamic(small, tag, new))


CLAIMS: dict[str, dict[str, object]] = {
    "another mode": {"mode": "all"},
    "another lowering": {"lowering": "magic"},
    "no lowering": {"lowering": "none"},
    "a lowering that is no name": {"lowering": ["segment"]},
    "another ABI": {"abi": 99},
    "an ABI that is no number": {"abi": True},
    "an import too many": {"imports": ["fp_log", "fp_now"]},
    "an import too few": {"imports": []},
    "an import twice": {"imports": ["fp_now", "fp_now"]},
    "imports that are no list": {"imports": "fp_now"},
    "no name": {"name": ""},
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_manifest_that_is_wrong_is_refused(name: str) -> None:
    assert "manifest" in refusal(make_module(CODE, **(NOW | CLAIMS[name])))


@pytest.mark.parametrize("count", [0, 2])
def test_a_module_has_one_manifest(count: int) -> None:
    code = assemble(".globl process\n.type process,@function\nprocess: ret\n")
    assert f"{count} manifests" in refusal(link_module(code, make_note() * count or b"\0" * 12, b""))


def test_only_what_the_mode_may_use_is_imported() -> None:
    code = "jmp memcpy@PLT"
    assert "memcpy" in refusal(make_module(code, imports=["memcpy"]))
    assert "exit" in refusal(make_module("jmp exit@PLT", imports=["exit"]))


def test_an_import_is_not_stored_in_data() -> None:
    assert "cannot refer" in refusal(
        make_module("movq slot(%rip), %rax; ret\n.data\nslot: .quad fp_now\n.text", **NOW)
    )


@pytest.mark.parametrize("seed", range(8))
def test_nothing_makes_the_verifier_fail(small: bytes, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        data = bytearray(small)
        for _ in range(chance.choice((1, 1, 2, 8))):
            data[chance.randrange(len(data))] = chance.choice((0, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        verify_module(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))


def test_any_bytes_are_refused() -> None:
    for data in (b"", b"\x7fELF", bytes(64), b"\x7fELF" + b"\xff" * 200):
        assert refusal(data)


def test_a_failure_of_the_verifier_itself_is_a_refusal() -> None:
    nothing: Any = None  # what the reader is not made for
    assert "the verifier failed on it, please report" in refusal(nothing)
