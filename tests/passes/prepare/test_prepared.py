"""What preparing a module changes, on IR small enough to read; the result must be valid and stay so twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from passes.ir.lexer import tokenize
from passes.prepare import prepare_module
from tests.conftest import CompareGolden
from tests.passes.protected import read_input, verify

CASES = Path(__file__).parent / "cases"
INPUTS = sorted(path for path in CASES.glob("*.ll") if not path.name.endswith(".expected.ll"))
ABORT = 4


def prepare(text: str) -> str:
    return prepare_module(text, {"process"}, {"memcpy"}, ABORT)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_case_becomes_what_is_expected(path: Path, compare_golden: CompareGolden) -> None:
    prepared = prepare(read_input(path))
    verify(prepared)
    hidden = (";", "source_filename", "target ", "attributes ")
    lines = [line for line in prepared.splitlines() if line and not line.startswith(hidden)]
    compare_golden(path.with_suffix(".expected.ll"), "\n".join(lines) + "\n")


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_prepared_module_has_nothing_left_to_prepare(path: Path) -> None:
    once = prepare(read_input(path))
    twice = prepare(once)
    assert [tokenize(line) for line in twice.splitlines()] == [tokenize(line) for line in once.splitlines()]
