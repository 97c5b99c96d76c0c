"""When the bounds table has no more room: a warning says so, what was stored before is still checked, what is
stored from then on is not, and nothing is a fault that should be none. The processor's has room for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from passes.lower.registry import LOWERINGS
from tests.bounds.conftest import HERE, Ran, RunProgram, marked_line

PROGRAM = HERE / "full/many_pointers.c"
FIRST, LAST, NONE = 0, 25599, -1
WARNING = "the bounds table is full: pointers stored from here on are not checked"
HAS_ROOM = ("mpx",)


def run(number: int, lowering: str, run_program: RunProgram, directory: Path) -> Ran:
    source = directory / f"wrong{number}.c"
    source.write_text(f'#define WRONG ({number})\n#include "full/many_pointers.c"\n')
    return run_program(source, "pointer", lowering)


@pytest.mark.parametrize("lowering", LOWERINGS)
def test_what_is_right_is_no_fault_and_said_once(
    lowering: str, run_program: RunProgram, tmp_path: Path
) -> None:
    ran = run(NONE, lowering, run_program, tmp_path)
    assert ran.headline == "" and ran.outcome.status == 0, ran.outcome
    assert ran.outcome.node()["in"] == 64
    assert ran.outcome.logged() == ([] if lowering in HAS_ROOM else [WARNING])


@pytest.mark.parametrize("lowering", LOWERINGS)
def test_what_was_stored_before_is_still_checked(
    lowering: str, run_program: RunProgram, tmp_path: Path
) -> None:
    headline = run(FIRST, lowering, run_program, tmp_path).headline
    assert "write of 1 byte at offset 24 of a 24-byte heap object" in headline
    assert f"{PROGRAM.name}:{marked_line(PROGRAM)}:" in headline


@pytest.mark.parametrize("lowering", LOWERINGS)
def test_what_is_stored_from_then_on_is_held_to_the_arena(
    lowering: str, run_program: RunProgram, tmp_path: Path
) -> None:
    ran = run(LAST, lowering, run_program, tmp_path)
    assert bool(ran.headline) == (lowering in HAS_ROOM), ran.headline
