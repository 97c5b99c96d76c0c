"""Damaged modules, thousands of them: each is refused with a reason or loaded into a sound image.

Under AddressSanitizer and UndefinedBehaviorSanitizer, in one process per good module; mutant N is the same
in every run. `fuzz_loader FILE N 1` repeats one.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.host.loader.modules import GOOD

MUTANTS = 4000  # of each good module


@pytest.mark.parametrize("name", GOOD)
def test_no_mutant_harms_the_host(
    name: str, good_modules: dict[str, Path], sanitized_program: Callable[[str], Path]
) -> None:
    program = sanitized_program("tests/host/loader/fuzz_loader")
    command = [str(program), str(good_modules[name]), "0", str(MUTANTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    counts = re.fullmatch(r"loaded (\d+) refused (\d+)\n", done.stdout)
    assert counts
    loaded, refused = map(int, counts.groups())
    assert loaded + refused == MUTANTS
    # Neither all harmless nor all hopeless: the damage reaches deep into the loader.
    assert min(loaded, refused) > MUTANTS // 10
