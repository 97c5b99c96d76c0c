"""The library at work inside modules: built by fpcc, guarded in each mode, run by fphost."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from fpcc.paths import host_program
from passes.modes import MODES
from tests.conftest import RunFpcc

SOURCE = Path(__file__).with_name("guarded.c")


@pytest.mark.parametrize("mode", MODES)
def test_every_part_works_in_a_module(run_fpcc: RunFpcc, tmp_path: Path, mode: str) -> None:
    module = tmp_path / "guarded.fpm"
    built = run_fpcc("build", SOURCE, f"--mode={mode}", "-o", module)
    assert built.returncode == 0, built.stderr
    config = {
        "input": {"type": "pool", "count": 64, "packets": 64},
        "output": {"type": "null"},
        "allow_unprotected": True,
        "allow_unverified": True,
        "chain": [{"name": "library", "module": str(module)}],
    }
    done = subprocess.run(
        [host_program(), "run", "-"], input=json.dumps(config), capture_output=True, text=True, check=False
    )
    texts = [event.get("text") for event in map(json.loads, done.stdout.splitlines())]
    assert (done.returncode, texts[0]) == (0, "all is well."), done.stdout
