"""Programs of one thing each, run in every mode: they compute what gcc's own build of them does.

varargs.c: variable arguments and structures passed by value. vectors.c: instructions by their intrinsics.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential import generated
from tests.host.conftest import Program
from tests.protect import protect

SOURCES = Path(__file__).parent
LEAST = {"varargs": 150, "vectors": 10_000}  # values that a program mixes into its checksum
BUDGET_US = 10_000_000


@pytest.mark.parametrize("level", generated.LEVELS)
@pytest.mark.parametrize("name", LEAST)
def test_what_is_computed_is_what_gcc_makes_of_it(
    name: str, level: str, host_program: Program, tmp_path: Path
) -> None:
    copy = tmp_path / f"{name}.c"
    copy.write_bytes((SOURCES / copy.name).read_bytes())
    expected = generated.run_natively(copy, "-O1")
    assert expected.reported > LEAST[name]
    optimised = generated.optimise(copy, level)
    fphost = host_program("runtime/fphost")
    for mode, lowering in (("none", "compare"), *generated.variants(fphost)):
        module = tmp_path / f"{mode}-{lowering}.fpm"
        module.write_bytes(protect(optimised, mode, lowering))
        result = generated.run_module(fphost, module, BUDGET_US)
        assert result == expected, (mode, lowering)
