"""Variable arguments and structures passed by value, run in every mode: they arrive as in gcc's own build."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential import generated
from tests.host.conftest import Program
from tests.protect import protect

SOURCE = Path(__file__).parent / "varargs.c"
BUDGET_US = 10_000_000


@pytest.mark.parametrize("level", generated.LEVELS)
def test_arguments_arrive_as_they_were_passed(level: str, host_program: Program, tmp_path: Path) -> None:
    copy = tmp_path / SOURCE.name
    copy.write_bytes(SOURCE.read_bytes())
    expected = generated.run_natively(copy, "-O1")
    assert expected.reported > 150
    optimised = generated.optimise(copy, level)
    fphost = host_program("runtime/fphost")
    for mode, lowering in (("none", "compare"), *generated.variants(fphost)):
        module = tmp_path / f"{mode}-{lowering}.fpm"
        module.write_bytes(protect(optimised, mode, lowering))
        result = generated.run_module(fphost, module, BUDGET_US)
        assert result == expected, (mode, lowering)
