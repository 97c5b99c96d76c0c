"""Module files: what was embedded comes back; a hostile or damaged file is one clear error, never a crash."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from fpcc import module_file
from fpcc.abi import abi
from fpcc.decisions_file import encode_decisions
from fpcc.elf_note import HEADER, Note, decode_notes, encode_note
from fpcc.errors import InputError
from fpcc.manifest import make_manifest
from fpcc.module_file import (
    load_module_or_decisions,
    manifest_note,
    pack_decisions,
    parse_module,
    read_module,
    unpack_decisions,
)
from tests.reports.builds import load_shipped
from tests.reports.linked import TOOLS, link_module, link_with

BUILD = replace(load_shipped("limiter"), imports=("fp_count", "fp_counter"))
NOTE = manifest_note(make_manifest(BUILD, TOOLS, 1, ("init", "process")))


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module that carries BUILD."""
    return link_module(BUILD, tmp_path_factory.mktemp("module"))


def test_what_was_embedded_comes_back(module: Path) -> None:
    found = read_module(module)
    assert found.decisions() == BUILD
    assert found.manifest == make_manifest(BUILD, TOOLS, 1, ("process", "init"))
    assert load_module_or_decisions(module) == BUILD


def test_the_layout_is_the_file_s(module: Path) -> None:
    layout = read_module(module).layout
    assert layout.imports == ("fp_count", "fp_counter")
    assert layout.exports == ("init", "process")
    assert {"r--", "r-x", "rw-"} == {s.permissions for s in layout.segments if s.type == "PT_LOAD"}
    assert layout.text_size > 0
    assert layout.data_size >= 16
    assert {r.kind: r.count for r in layout.relocations} == {"R_X86_64_JUMP_SLOT": 2, "R_X86_64_RELATIVE": 2}


def test_a_file_without_section_headers_is_read(module: Path) -> None:
    """The host needs none: a stripped module can be inspected; only its decisions are gone."""
    data = bytearray(module.read_bytes())
    data[40:48] = bytes(8)  # e_shoff
    data[58:64] = bytes(6)  # e_shentsize, e_shnum, e_shstrndx
    found = parse_module(bytes(data), "stripped.fpm")
    assert found.layout == read_module(module).layout
    with pytest.raises(
        InputError, match=r"stripped.fpm: holds no decisions .*\n    give the .decisions.json"
    ):
        found.decisions()


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no ELF file": (lambda data: b"MZ" + data, "does not begin as an ELF file"),
    "nothing": (lambda data: b"", "does not begin as an ELF file"),
    "only the magic": (lambda data: data[:4], "not a module, or damaged"),
    "half": (lambda data: data[: len(data) // 2], "not a module, or damaged"),
    "32 bits": (lambda data: _patch(data, 4, b"\x01"), "not for x86-64"),
    "another machine": (lambda data: _patch(data, 18, b"\xb7\x00"), "not for x86-64"),
    "an executable": (lambda data: _patch(data, 16, b"\x02\x00"), "ET_EXEC, a module is a shared object"),
    "32767 program headers": (lambda data: _patch(data, 56, b"\xff\x7f"), "program headers, at most 64"),
    "65535 sections": (lambda data: _patch(data, 60, b"\xff\xff"), "sections, at most 4096"),
    "no dynamic segment": (lambda data: _patch(data, _header(data, 2), b"\x00"), "0 dynamic segments"),
    "no note segment": (lambda data: _patch(data, _header(data, 4), b"\x00"), "0 manifest notes"),
    "a huge note segment": (
        lambda data: _patch(data, _header(data, 4) + 32, b"\xff" * 8),
        "PT_NOTE reaches past the end of the file",
    ),
}


def _patch(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def _header(data: bytes, kind: int) -> int:
    """Where the first program header of this type starts."""
    return next(at for at in range(64, 64 + 56 * data[56], 56) if data[at] == kind)


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_file_is_refused_with_the_reason(what: str, module: Path) -> None:
    damage, reason = DAMAGED[what]
    with pytest.raises(InputError) as caught:
        parse_module(damage(module.read_bytes()), "bad.fpm")
    assert str(caught.value).startswith("bad.fpm: ")
    assert reason in str(caught.value)


def _other_note(owner: str, kind: int) -> bytes:
    return encode_note(Note(owner, kind, b"{}"))


NOTES = {
    "none of ours": (_other_note("GNU", 3), "0 manifest notes"),
    "our owner, another type": (_other_note("FastPaas", 9), "0 manifest notes"),
    "two manifests": (NOTE + NOTE, "2 manifest notes"),
    "no manifest in it": (
        _other_note("FastPaas", 1),
        "the manifest is malformed: $: the key 'abi' is missing",
    ),
    "cut off": (NOTE[:6], "note at byte 0 of its segment is cut off"),
    "longer than its segment": (
        HEADER.pack(9, 1 << 31, 1) + b"FastPaas\0\0\0\0",
        "reaches past the segment's end",
    ),
}


@pytest.mark.parametrize("what", NOTES)
def test_a_note_that_is_no_manifest_is_refused(what: str, tmp_path: Path) -> None:
    note, reason = NOTES[what]
    with pytest.raises(InputError) as caught:
        read_module(link_with(note, None, tmp_path))
    assert reason in str(caught.value)


def test_the_manifest_is_found_among_other_notes(tmp_path: Path) -> None:
    path = link_with(_other_note("GNU", 3) + NOTE + _other_note("", 1), None, tmp_path)
    assert read_module(path).manifest.name == "limiter"


def test_notes_are_what_other_tools_read(module: Path) -> None:
    with module.open("rb") as file:
        segment = next(ELFFile(file).iter_segments(type="PT_NOTE"))
        (note,) = segment.iter_notes()
    assert (note["n_name"], note["n_descdata"]) == ("FastPaas", read_module(module).manifest.to_json())
    assert list(decode_notes(NOTE))[0].type == abi().number("FP_NOTE_MANIFEST")


PACKED = pack_decisions(BUILD)
BAD_PACKED = {
    "no zlib stream": (b"nothing", "the embedded decisions are damaged"),
    "an empty section": (b"", "the embedded decisions are cut off"),
    "a cut stream": (PACKED[:-10], "the embedded decisions are cut off"),
    "no decisions": (zlib.compress(b"[]"), "nf.fpm (.fastpaas.decisions): $: expected an object"),
}


@pytest.mark.parametrize("what", BAD_PACKED)
def test_damaged_decisions_leave_the_rest_readable(what: str, tmp_path: Path) -> None:
    packed, reason = BAD_PACKED[what]
    found = read_module(link_with(NOTE, packed, tmp_path))
    assert found.manifest.name == "limiter"
    if packed:
        with pytest.raises(InputError) as caught:
            found.decisions()
        assert reason in str(caught.value)


def test_a_stream_that_would_fill_the_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the limit, here lowered, in a stream of a thousandth of that."""
    size = len(encode_decisions(BUILD))
    monkeypatch.setattr(module_file, "SIZE_LIMIT", size)
    assert unpack_decisions(PACKED, "nf.fpm") == BUILD
    with pytest.raises(InputError, match=f"nf.fpm: the embedded decisions exceed {size:,} bytes"):
        unpack_decisions(zlib.compress(b" " * size * 10), "nf.fpm")


def test_random_damage_is_an_error_or_a_module(module: Path) -> None:
    """Nothing but InputError ever comes out, whichever bytes of headers, tables and notes change."""
    data = module.read_bytes()
    choose = random.Random(1)
    refused = 0
    for _ in range(600):
        damaged = bytearray(data)
        for _ in range(choose.choice((1, 1, 2, 8))):
            at = choose.choice((choose.randrange(1400), choose.randrange(len(data))))
            damaged[at] = choose.choice((0, 1, 0x7F, 0xFF, choose.randrange(256)))
        try:
            parse_module(bytes(damaged), "damaged.fpm").decisions()
        except InputError as error:
            refused += 1
            assert str(error).startswith("damaged.fpm")
    assert 0 < refused < 600


def test_every_truncation_is_an_error_or_a_module(module: Path) -> None:
    data = module.read_bytes()
    for size in range(0, len(data), 7):
        with pytest.raises(InputError):
            parse_module(data[:size], "short.fpm").decisions()
