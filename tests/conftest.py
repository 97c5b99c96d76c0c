"""What all tests share: where the checkout is, and the fpcc program run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent

RunFpcc = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout."""
    return REPO


@pytest.fixture(scope="session")
def run_fpcc() -> RunFpcc:
    """Runs `fpcc WORDS...` in a process of its own, in the checkout unless `cwd` says otherwise."""

    def run(*words: str | Path, cwd: Path = REPO, **env: str) -> subprocess.CompletedProcess[str]:
        program = Path(sys.executable).parent / "fpcc"
        command = [str(program), *map(str, words)]
        return subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
