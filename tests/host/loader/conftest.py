"""The loader's test programs, and the good modules all tests start from."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.host.loader.modules import GOOD, build_module

Load = Callable[..., str]
DIRECTORY = "tests/host/loader"


@pytest.fixture(scope="session")
def good_modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every module of modules.GOOD, built."""
    return {name: build_module(tmp_path_factory.mktemp(name), recipe) for name, recipe in GOOD.items()}


@pytest.fixture(scope="session")
def load(sanitized_program: Callable[[str], Path]) -> Load:
    """What `load_module OPTIONS FILE` says under sanitizers, without the file's name."""
    return loader(sanitized_program(f"{DIRECTORY}/load_module"))


@pytest.fixture(scope="session")
def load_plainly(host_program: Callable[[str], Path]) -> Load:
    """The same in the build users get."""
    return loader(host_program(f"{DIRECTORY}/load_module"))


def loader(program: Path) -> Load:
    def run(module: Path, *options: str) -> str:
        command = [str(program), *options, str(module)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.replace(f"{module}: ", "")

    return run
