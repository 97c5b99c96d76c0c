"""What a module says about itself is checked before it is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.host.loader.conftest import Load
from tests.host.loader.modules import Recipe, build_module, manifest, note

FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "no abi": ({"abi": None}, '"abi" is not an integer'),
    "abi is text": ({"abi": "1"}, '"abi" is not an integer'),
    "other abi": ({"abi": 2**31}, "ABI version 2147483648, this host has 1: rebuild the module"),
    "no name": ({"name": None}, '"name" is not a string'),
    "empty name": ({"name": ""}, '"name" has 0 characters, not 1 to 63'),
    "long name": ({"name": "x" * 64}, '"name" has 64 characters, not 1 to 63'),
    "path as name": ({"name": "../x"}, '"name" `../x` has characters other than'),
    "terminal control in the name": ({"name": "a\x1b[2J\x9b"}, '"name" `a?[2J??` has characters other than'),
    "no mode": ({"mode": None}, '"mode" is not a string'),
    "unknown mode": ({"mode": "ronly"}, "unknown mode `ronly`"),
    "no lowering": ({"lowering": None}, '"lowering" is not a string'),
    "unknown lowering": ({"lowering": "mte"}, "lowering `mte` is not one this host can run"),
    "lowering that guards nothing": ({"lowering": "none"}, "mode wonly with lowering `none`, which guards"),
    "no imports": ({"imports": None}, '"imports" is not a list'),
    "imports no list": ({"imports": {"fp_log": 1}}, '"imports" is not a list'),
    "import no string": ({"imports": ["fp_log", 3]}, '"imports"[1] is not a string'),
}

NOTES: dict[str, tuple[tuple[bytes, ...], str]] = {
    "none": ((), "no manifest: not built by `fpcc build`?"),
    "other owner": ((note(manifest(), owner="FastPaaS"),), "no manifest"),
    "longer owner": ((note(manifest(), owner="FastPaas2"),), "no manifest"),
    "other type": ((note(manifest(), kind=2),), "unknown FastPaas note of type 2"),
    "two": ((note(manifest()), note(manifest())), "more than one manifest"),
    "cut header": ((note(manifest()), b"\1\0\0\0"), "notes: header at 0x"),
    "owner too long": (
        (b"\xff\xff\xff\xff" + bytes(8),),
        "name of 0xffffffff and data of 0x0 bytes run past",
    ),
    "content too long": ((bytes(4) + b"\xff\xff\xff\xff" + bytes(4),), "data of 0xffffffff bytes run past"),
    "no JSON": ((note(b"hello"),), "manifest: line 1, column"),
    "empty": ((note(b""),), "manifest: line 1, column 0"),
    "no object": ((note(b"[]"),), "manifest: not a JSON object"),
    "text after it": ((note(manifest() + b"x"),), "manifest: line 1, column"),
    "duplicate key": ((note(b'{"abi":1,"abi":1}'),), "duplicate object key"),
    "no UTF-8": ((note(b'{"abi":1,"name":"\xff"}'),), "manifest: line 1, column"),
    "NUL inside": ((note(b'{"abi":1,"name":"a\\u0000b"}'),), "manifest: line 1, column"),
    "huge number": ((note(b'{"abi":1' + b"0" * 400 + b"}"),), "too big integer"),
    "deep": ((note(b"[" * 17 + b"]" * 17),), "manifest: nested deeper than 16"),
    "very deep": ((note(b'{"a":' * 200000),), "manifest: nested deeper than 16"),
    "very long": ((note(manifest(tools="x" * 0x100000)),), "bytes, more than 1048576"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_wrong_is_named(name: str, load: Load, tmp_path: Path) -> None:
    changes, reason = FIELDS[name]
    said = load(build_module(tmp_path, Recipe(notes=(note(manifest(**changes)),))))
    assert said.startswith("refused: manifest: ")
    assert reason in said


@pytest.mark.parametrize("name", NOTES)
def test_notes_that_are_no_manifest_are_refused(name: str, load: Load, tmp_path: Path) -> None:
    notes, reason = NOTES[name]
    said = load(build_module(tmp_path, Recipe(notes=notes)))
    assert said.startswith("refused: ")
    assert reason in said


def test_brackets_in_strings_are_no_nesting(load: Load, tmp_path: Path) -> None:
    recipe = Recipe(notes=(note(manifest(tools={"clang": '[[[{{{"[[[\\' * 9})),))
    assert load(build_module(tmp_path, recipe)).startswith("loaded sample")
