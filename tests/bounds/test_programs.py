"""What mode `pointer` finds that confinement to the arena does not, and that it finds nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from passes.lower.registry import LOWERINGS
from tests.bounds.conftest import HERE, RunProgram, expected_report, marked_line

MISSED = sorted((HERE / "missed").glob("*.c"))
# What is missed there happens to lie next to what is never mapped.
AT_AN_EDGE = {"args_after", "local_after", "local_passed", "memcpy_to", "null"}
NEAR = [path for path in MISSED if path.stem not in AT_AN_EDGE]
FINE = sorted((HERE / "fine").glob("*.c"))


@pytest.mark.parametrize("lowering", LOWERINGS)
@pytest.mark.parametrize("source", MISSED, ids=lambda path: path.stem)
def test_an_access_outside_its_object_is_reported(
    source: Path, lowering: str, run_program: RunProgram
) -> None:
    headline = run_program(source, "pointer", lowering).headline
    assert re.search(f"fault: {expected_report(source)}", headline), headline
    line = marked_line(source)
    assert not line or re.search(rf", at \S*{source.name}:{line}:", headline), headline


@pytest.mark.parametrize("source", NEAR, ids=lambda path: path.stem)
def test_confinement_to_the_arena_does_not_see_it(source: Path, run_program: RunProgram) -> None:
    assert run_program(source, "rw", "segment").headline == ""


@pytest.mark.parametrize("lowering", LOWERINGS)
@pytest.mark.parametrize("source", FINE, ids=lambda path: path.stem)
def test_what_is_right_is_no_fault(source: Path, lowering: str, run_program: RunProgram) -> None:
    ran = run_program(source, "pointer", lowering)
    assert ran.headline == "", ran.headline
    assert ran.outcome.status == 0, ran.outcome
    assert ran.outcome.node()["faults"] == 0
