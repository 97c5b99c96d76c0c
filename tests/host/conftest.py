"""The host's C programs, built by meson and ninja when a test asks for one, plain and with sanitizers."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[[str], Path]  # a target of meson, e.g. "tests/host/loader/load_module" -> the program

TOOLS = Path(sys.executable).parent  # meson and ninja are Python packages here


def run_tool(*words: str | Path) -> None:
    """Runs one of the build tools; its words are the failure."""
    environment = {**os.environ, "NINJA": str(TOOLS / "ninja")}
    done = subprocess.run(list(map(str, words)), env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}", pytrace=False)


def build(repo: Path, directory: str, options: list[str], target: str) -> Path:
    """Builds `target` in build/`directory`, which is set up first if it is not there yet.

    Locked: pytest-xdist's workers share the build directory, and ninja does not expect company.
    """
    place = repo / "build" / directory
    place.parent.mkdir(exist_ok=True)
    with (place.parent / f"{directory}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "build.ninja").exists():
            run_tool(TOOLS / "meson", "setup", place, repo, *options)
        run_tool(TOOLS / "ninja", "-C", place, target)
    return place / target


@pytest.fixture(scope="session")
def host_program(repo: Path) -> Program:
    """A program of the build users get."""
    return lambda target: build(repo, "host", [], target)


@pytest.fixture(scope="session")
def sanitized_program(repo: Path) -> Program:
    """The same with AddressSanitizer and UndefinedBehaviorSanitizer, which end it with a failure."""
    options = ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dc_args=-fno-sanitize-recover=all"]
    return lambda target: build(repo, "host-asan", options, target)


@pytest.fixture(scope="session")
def thread_sanitized_program(repo: Path) -> Program:
    """The same with ThreadSanitizer: a data race ends it with status 66."""
    options = ["-Db_sanitize=thread", "-Db_lundef=false"]
    return lambda target: build(repo, "host-tsan", options, target)
