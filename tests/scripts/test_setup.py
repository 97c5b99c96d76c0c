"""scripts/setup on machines that lack something: what is said, and that nothing is done twice.

Each machine is a directory of programs that is the whole search path; the user is not root.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = "bash sh cat cc cut dirname echo pkg-config rm sed sha256sum xargs".split()
SETUP_FILES = (
    "pyproject.toml",
    "scripts/setup",
    "scripts/system-packages",
    "scripts/system-packages-tests",
    "scripts/packaging_backend.py",
)


class Machine:
    """A fresh clone and a search path of its own."""

    def __init__(self, directory: Path, repo: Path) -> None:
        self.clone = directory / "a clone"
        self.programs = directory / "programs"
        for file in SETUP_FILES:
            (self.clone / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(repo / file, self.clone / file)
        self.programs.mkdir()
        for name in PROGRAMS:
            if found := shutil.which(name):
                (self.programs / name).symlink_to(found)
        (self.programs / "python3").symlink_to(Path(sys.executable).resolve())
        self.replace("id", "echo 1000")

    def replace(self, program: str, script: str) -> None:
        self.remove(program)
        (self.programs / program).write_text(f"#!/bin/sh\n{script}\n")
        (self.programs / program).chmod(0o755)

    def remove(self, program: str) -> None:
        (self.programs / program).unlink(missing_ok=True)

    def set_up(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.clone / "scripts/setup"), *words]
        return subprocess.run(
            command,
            env={"PATH": str(self.programs)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path, repo: Path) -> Machine:
    return Machine(tmp_path, repo)


def test_missing_packages_are_named_in_one_line(machine: Machine) -> None:
    machine.remove("cc")
    machine.replace("pkg-config", 'test "$2" = libpcap')
    done = machine.set_up()
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith("(Debian: apt-get install gcc libc6-dev libjansson-dev)")


def test_a_missing_python_is_named(machine: Machine) -> None:
    machine.remove("python3")
    done = machine.set_up()
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith("(Debian: apt-get install python3 python3-venv)")


def test_a_python_without_venv_is_named(machine: Machine) -> None:
    machine.replace("python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = machine.set_up()
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.endswith("(Debian: apt-get install python3-venv)")


def test_what_only_tests_use_is_named_when_asked_for(machine: Machine) -> None:
    machine.replace("python3", 'test "$2" = \'import ensurepip, venv\' || test "$1" = -c')
    assert "gdb" not in machine.set_up().stdout
    assert "apt-get install gdb" in machine.set_up("tests").stdout


def test_an_old_python_is_refused(machine: Machine) -> None:
    machine.replace("python3", 'test "$1" = --version && echo Python 3.9.2')
    done = machine.set_up()
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "Python 3.11 or newer is needed, this is Python 3.9.2" in line


def test_a_set_up_checkout_is_left_alone(repo: Path) -> None:
    stamp = repo / ".venv/.setup"
    before = stamp.stat().st_mtime_ns
    done = subprocess.run(
        [str(repo / "scripts/setup")], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stamp.stat().st_mtime_ns == before
