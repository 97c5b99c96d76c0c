"""Mutants of sound modules: whatever the verifier accepts of them is run, and must not get out.

`FASTPAAS_MUTANTS=100000` makes so many of them instead of 2,000; `FASTPAAS_MUTANTS_FROM` is the first seed.
An escape is kept under build/escapes with its seed.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.conftest import REPO
from tests.verifier.mutant_stock import choose_stock
from tests.verifier.mutant_trial import Escape, Trial

LOTS = 8
MUTANTS = int(os.environ.get("FASTPAAS_MUTANTS", "2000"))
FIRST = int(os.environ.get("FASTPAAS_MUTANTS_FROM", "0"))


@pytest.mark.parametrize("lot", range(LOTS))
def test_no_accepted_mutant_escapes(lot: int) -> None:
    trial = Trial()
    for seed in range(FIRST + lot, FIRST + MUTANTS, LOTS):
        stock = choose_stock(random.Random(seed))
        trial.try_mutant(stock.mutable, stock.mode, seed)
    print(f"lot {lot}: {trial.refused} refused, {trial.accepted} accepted, runs: {dict(trial.ends)}")
    assert trial.accepted and trial.ends["returned"], "nothing was tried"
    assert [_keep(escape) for escape in trial.escapes] == []


def _keep(escape: Escape) -> str:
    path = Path(REPO, "build", "escapes", f"{escape.seed}.fpm")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(escape.module)
    return f"seed {escape.seed}: {escape.message} ({path})"
