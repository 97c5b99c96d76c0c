"""What all tests share: where the checkout is, and the fpcc program run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parent.parent

# No test has a time limit; in continuous integration the same run gives the same examples.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

RunFpcc = Callable[..., subprocess.CompletedProcess[str]]
CompareGolden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing")


@pytest.fixture
def compare_golden(request: pytest.FixtureRequest) -> CompareGolden:
    """Compares a text with the golden file beside its input; `--update-golden` writes the file instead."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path.name} is missing: run pytest --update-golden, then read what it wrote"
        assert text == path.read_text(encoding="utf-8")

    return compare


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
