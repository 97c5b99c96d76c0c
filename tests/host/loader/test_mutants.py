"""Damaged modules, thousands of them: each is refused with a reason or loaded into a sound image.

Under AddressSanitizer and UndefinedBehaviorSanitizer, in one process per good module; mutant N is the same
in every run. `fuzz_loader FILE N 1` repeats one.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.host.loader.modules import GOOD, build_module

MUTANTS = 4000  # of each good module


Tally = tuple[int, int]  # loaded, refused
Fuzz = Callable[..., Tally]


@pytest.fixture(scope="session")
def fuzz(sanitized_program: Callable[[str], Path]) -> Fuzz:
    program = sanitized_program("tests/host/loader/fuzz_loader")

    def run(module: Path, **environment: str) -> Tally:
        command = [str(program), str(module), "0", str(MUTANTS)]
        done = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        counts = re.fullmatch(r"loaded (\d+) refused (\d+)\n", done.stdout)
        assert counts
        return int(counts[1]), int(counts[2])

    return run


@pytest.mark.parametrize("name", GOOD)
def test_no_mutant_harms_the_host(name: str, good_modules: dict[str, Path], fuzz: Fuzz) -> None:
    loaded, refused = fuzz(good_modules[name])
    assert loaded + refused == MUTANTS
    # Neither all harmless nor all hopeless: the damage reaches deep into the loader.
    assert min(loaded, refused) > MUTANTS // 10


def test_no_damage_to_debug_information_harms_the_host(fuzz: Fuzz, tmp_path: Path) -> None:
    module = build_module(tmp_path, replace(GOOD["rich"], compile=("-fno-plt", "-g")))
    loaded, refused = fuzz(module, FASTPAAS_DEBUG="1")
    assert loaded + refused == MUTANTS
    assert loaded > MUTANTS // 2  # most of it is nothing the loader itself relies on
