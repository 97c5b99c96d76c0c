"""decisions.json: canonical, complete, and every malformed one refused with the place that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from fpcc.decisions_file import decode_decisions, encode_decisions, load_decisions, save_decisions
from fpcc.errors import InputError
from passes.model import Decisions, Source
from tests.reports.builds import DATA, SHIPPED, builds


@given(builds())
def test_what_was_saved_is_read_back(build: Decisions) -> None:
    data = encode_decisions(build)
    assert decode_decisions(data, "build") == build
    assert encode_decisions(decode_decisions(data, "build")) == data


@pytest.mark.parametrize("name", SHIPPED)
def test_a_saved_file_is_canonical(name: str, tmp_path: Path) -> None:
    path = DATA / f"{name}.decisions.json"
    save_decisions(load_decisions(path), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_a_source_that_is_not_utf8_can_be_saved() -> None:
    text = b'char *s = "\xe9";\n'.decode(errors="surrogateescape")
    build = Decisions("nf", "rw", "compare", sources=(Source("nf.c", "0", text),))
    assert decode_decisions(encode_decisions(build), "build").sources[0].text == 'char *s = "?";\n'


def _edit(path: str, value: Any) -> bytes:
    """A shipped file with one value replaced; path as `accesses.0.size`."""
    root = json.loads((DATA / "limiter.decisions.json").read_text())
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = root
    for parent in parents:
        place = place[parent]
    place[last] = value
    return json.dumps(root).encode()


REFUSED = {
    "an empty file": (b"", "$: not JSON at line 1, column 1"),
    "no JSON": (b'{\n  "nf" "x"}', "$: not JSON at line 2, column 8"),
    "no UTF-8": (b'"\xff"', "$: not UTF-8 at byte 1"),
    "another document": (b"[]", "$: expected an object, found an array"),
    "a missing key": (b'{"nf": "x", "mode": "rw"}', "$: the key 'lowering' is missing"),
    "a key twice": (b'{"nf": "x", "nf": "y"}', "$: the key 'nf' occurs twice"),
    "NaN": (b'{"nf": NaN}', "$: NaN is not JSON"),
    "deep nesting": (b"[" * 100_000, "$: nested too deeply"),
    "a huge number": (b'{"nf": ' + b"9" * 5000 + b"}", "digits"),
    "an unknown key": (_edit("extra", 1), "$: unknown key 'extra'"),
    "an unknown key inside": (_edit("accesses.3.why", ""), "$.accesses[3]: unknown key 'why'"),
    "a wrong type": (
        _edit("accesses.3.size", "4"),
        "$.accesses[3].size: expected an integer, found a string",
    ),
    "a fraction": (_edit("accesses.3.size", 4.0), "$.accesses[3].size: expected an integer, found a number"),
    "a boolean": (_edit("accesses.3.size", True), "$.accesses[3].size: expected an integer, found a boolean"),
    "null": (_edit("guards.0.kind", None), "$.guards[0].kind: expected a string, found null"),
    "not 64 bits": (_edit("accesses.0.offset", 1 << 63), "$.accesses[0].offset: the integer does not fit"),
    "a surrogate": (_edit("nf", "\ud800"), "$.nf: the string holds an unpaired surrogate"),
    "no array": (_edit("imports", "fp_log"), "$.imports: expected an array, found a string"),
    "another schema": (_edit("schema", 99), "$.schema: version 99; this fpcc reads version 1"),
    "an unknown decision": (
        _edit("accesses.1.decision", "maybe"),
        "$.accesses[1].decision: 'maybe' is none of",
    ),
    "an unknown kind": (_edit("guards.1.kind", "jump"), "$.guards[1].kind: 'jump' is none of"),
    "an id twice": (_edit("accesses.5.id", 4), "$.accesses[5].id: 4 occurs twice"),
    "a negative id": (_edit("guards.0.id", -1), "$.guards[0].id: -1 is negative"),
    "a negative size": (_edit("accesses.2.size", -4), "$.accesses[2].size: -4 is negative"),
    "a negative line": (_edit("accesses.2.location.line", -1), "$.accesses[2].location: lines and columns"),
    "no such guard": (
        _edit("accesses.3.guard", 77),
        "$.accesses[3].guard: the access is guarded, but there is no",
    ),
    "a guard too many": (
        _edit("accesses.0.guard", 0),
        "$.accesses[0].guard: the access is free, so this must be -1",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_malformed_file_is_refused_by_name_and_path(what: str, tmp_path: Path) -> None:
    data, reason = REFUSED[what]
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        load_decisions(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gone.json: cannot be read: No such file"):
        load_decisions(tmp_path / "gone.json")
