"""`make host` where DPDK comes and goes: with programs in the place of Meson, Ninja and pkg-config."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

MESON = """\
#!/bin/sh
mkdir -p "$2"
echo configured >>"$LOG"
"""
NINJA = """\
#!/bin/sh
echo built >>"$LOG"
"""


@pytest.fixture
def checkout(tmp_path: Path, repo: Path) -> Path:
    """A Makefile and the programs it calls."""
    shutil.copy2(repo / "Makefile", tmp_path)
    for name, text in {"bin/meson": MESON, "bin/ninja": NINJA}.items():
        write_program(tmp_path / name, text)
    return tmp_path


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def make_host(checkout: Path, dpdk: str) -> list[str]:
    """What was done where `pkg-config --modversion libdpdk` runs this."""
    write_program(checkout / "path/pkg-config", f"#!/bin/sh\n{dpdk}\n")
    log = checkout / "log"
    log.write_text("")
    environment = {"PATH": f"{checkout / 'path'}:{os.environ['PATH']}", "LOG": str(log)}
    command = ["make", "-o", "setup", "BIN=bin", "host"]
    subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True)
    return log.read_text().split()


def test_the_host_is_configured_once_and_again_when_dpdk_comes_or_goes(checkout: Path) -> None:
    assert make_host(checkout, "exit 1") == ["configured", "built"]
    assert make_host(checkout, "exit 1") == ["built"]
    assert make_host(checkout, "echo 22.11.11") == ["configured", "built"]
    assert make_host(checkout, "echo 22.11.11") == ["built"]
    assert make_host(checkout, "exit 1") == ["configured", "built"]


def test_a_configuration_that_failed_is_tried_again(checkout: Path) -> None:
    write_program(checkout / "bin/meson", 'mkdir -p "$2"; exit 1')
    with pytest.raises(subprocess.CalledProcessError):
        make_host(checkout, "exit 1")
    write_program(checkout / "bin/meson", MESON)
    assert make_host(checkout, "exit 1") == ["configured", "built"]
