"""Mutants that the verifier accepts run in an emulator that watches every access and jump, and do not escape.

FASTPAAS_MUTANTS=100000 makes that many; the number accepted is printed.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from fpcc.flags import parse_flags
from fpcc.pipeline import BuildOptions, run_pipeline
from passes.lower.registry import LOWERINGS
from passes.modes import MODES
from tests.verifier.assembled import make_module
from tests.verifier.confined_machine import EscapeError
from tests.verifier.mutant_trial import Trial, run_module
from tests.verifier.mutation import read_mutable

MUTANTS = int(os.environ.get("FASTPAAS_MUTANTS", "800"))
VARIANTS = [(mode, lowering) for mode in MODES if MODES[mode].hardened for lowering in LOWERINGS]


def built(repo: Path, mode: str, lowering: str) -> bytes:
    options = BuildOptions((repo / "examples/nfs/macswap.c",), "macswap", mode, lowering, parse_flags(()))
    return run_pipeline(options).module


@pytest.mark.parametrize(("mode", "lowering"), VARIANTS)
def test_accepted_mutants_do_not_escape(mode: str, lowering: str, repo: Path) -> None:
    mutable = read_mutable(built(repo, mode, lowering))
    run_module(mutable.module, mode, random.Random(1), 3)  # as it was
    trial = Trial()
    for seed in range(MUTANTS // len(VARIANTS)):
        trial.try_mutant(mutable, mode, seed)
    print(f"{mode} {lowering}: {trial.accepted} of {trial.accepted + trial.refused} accepted, {trial.ends}")
    assert [(escape.seed, escape.message) for escape in trial.escapes] == []
    assert trial.refused > trial.accepted > 0


@pytest.mark.parametrize(
    "code", ["movq %rax, 1(%rsp,%rdi,8)\n ret", "movq $1, 16(%rsp)\n ret", "pushq %rdi\n ret"]
)
def test_the_emulator_notices_an_escape(code: str) -> None:
    module = make_module(code, mode="wonly", lowering="segment")
    with pytest.raises(EscapeError):
        run_module(module, "wonly", random.Random(1), 8)
