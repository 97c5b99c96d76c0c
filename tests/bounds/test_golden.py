"""What the bounds pass makes of IR small enough to read: `cases/NAME.ll` in, `NAME.expected.ll` out.

After a change that is meant, `pytest --update-golden` writes the expected files; read what it wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passes.bounds.counted import COUNTED_DECLARATIONS
from passes.bounds.instrument import Instrumented, Request, instrument_module
from passes.bounds.runtime import DECLARATIONS
from passes.model import RefusedError
from tests.bounds.conftest import HERE
from tests.conftest import CompareGolden
from tests.passes.protected import name_values, read_input, verify

INPUTS = sorted(path for path in (HERE / "cases").glob("*.ll") if not path.name.endswith(".expected.ll"))
ENTRIES = ("init", "process", "fini")


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_case_becomes_what_is_expected(path: Path, compare_golden: CompareGolden) -> None:
    instrumented = instrument_module(read_input(path), Request(ENTRIES))
    verify(instrumented.text)
    compare_golden(path.with_suffix(".expected.ll"), "\n".join(describe(instrumented)) + "\n")


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_pointers_of_unknown_origin_can_be_held_to_the_arena(path: Path) -> None:
    instrumented = instrument_module(read_input(path), Request(ENTRIES, checks_unknown=True))
    verify(instrumented.text)
    assert {check.decision for check in instrumented.checks} <= {"checked", "proved"}


def describe(instrumented: Instrumented) -> Iterator[str]:
    """Decisions and sites as comments, then functions, and what they refer to."""
    for check in instrumented.checks:
        size = check.size or "some"
        yield f"; {check.id}: {check.function}: {check.kind} of {size}: {check.decision}, {check.reason}"
    for site in instrumented.sites:
        yield f"; site {site.id}: {site.kind} {site.name}".rstrip()
    yield ""
    hidden = (
        "target ",
        "attributes ",
        "!",
        "declare ",
        ";",
        "source_filename",
        *DECLARATIONS,
        *COUNTED_DECLARATIONS,
    )
    yield from (line for line in instrumented.text.splitlines() if line and not line.startswith(hidden))


def test_no_expected_file_is_left_over() -> None:
    expected = {path.with_suffix(".expected.ll") for path in INPUTS}
    assert sorted(set((HERE / "cases").glob("*.expected.ll")) - expected) == []


def test_names_of_the_pass_are_refused() -> None:
    text = name_values("define internal void @fp_bounds_store() {\nentry:\n  ret void\n}\n")
    with pytest.raises(RefusedError, match="name of fpcc's own"):
        instrument_module(text, Request(ENTRIES))
