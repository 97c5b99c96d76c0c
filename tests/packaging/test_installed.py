"""What `pip install .` gives: a package that brings its host, headers and module library along.

Built from a copy of the checkout in a directory with spaces, with the build tools of the test environment,
and installed beside it; the program then runs in a directory that knows nothing of a checkout.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import REPO
from tests.house.files import our_files

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
START = "from fpcc.cli import main; main()"


def run(command: Sequence[str], cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory a wheel of this checkout was installed to."""
    source = tmp_path_factory.mktemp("a directory") / "fast paas"
    for path in our_files():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPO / path, source / path)
    target = source.parent / "site packages"
    tools = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--target", str(target))
    done = run([*PIP, "install", *options, "."], source, PATH=tools)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def run_installed(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-c", START, *words], cwd, PYTHONPATH=str(installed))


def test_the_host_is_the_one_of_the_package(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, tmp_path, "doctor", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    (host,) = (check for check in json.loads(done.stdout)["checks"] if check["name"] == "fphost")
    assert host["found"] == str(installed / "fpcc/runtime/fphost")
    assert os.access(host["found"], os.X_OK)


def test_headers_and_module_library_are_complete(installed: Path) -> None:
    for part in ("include", "module"):
        wanted = {path.relative_to("runtime") for path in our_files(f"runtime/{part}/*")}
        here = installed / "fpcc/runtime"
        found = {path.relative_to(here) for path in (here / part).rglob("*") if path.is_file()}
        assert found == wanted


def test_the_packages_are_complete(installed: Path) -> None:
    wanted = {path for path in our_files("fpcc/*", "passes/*")}
    assert wanted == {path for path in wanted if (installed / path).is_file()}


def test_nothing_of_the_tests_is_installed(installed: Path) -> None:
    names = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert names - {"bin"} == {"fpcc", "passes"}


def test_a_module_is_built_and_run_without_a_checkout(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(REPO / "examples", tmp_path / "examples")
    module, out = "macswap.fpm", "out.pcap"
    built = run_installed(
        installed, tmp_path, "build", "examples/nfs/macswap.c", "--mode=wonly", "-o", module
    )
    assert built.returncode == 0, built.stderr
    ran = run_installed(
        installed, tmp_path, "run", module, "--in", "examples/traffic/demo.pcap", "--out", out
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / out).stat().st_size == (tmp_path / "examples/traffic/demo.pcap").stat().st_size
