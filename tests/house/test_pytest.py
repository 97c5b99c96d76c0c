"""Our pytest settings let nothing slip: each test here runs a small suite under them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SLIPS = {
    "a warning": "import warnings\ndef test_it(): warnings.warn('careful')\n",
    "an unknown marker": "import pytest\n@pytest.mark.slwo\ndef test_it(): pass\n",
    "a test expected to fail that passes": "import pytest\n@pytest.mark.xfail\ndef test_it(): pass\n",
}


def run_suite(suite: str, repo: Path, tmp_path: Path) -> int:
    file = tmp_path / "test_sample.py"
    file.write_text(suite)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        str(repo / "pyproject.toml"),
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run([*command, str(file)], cwd=tmp_path, capture_output=True, check=False).returncode


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_fails_the_run(slip: str, repo: Path, tmp_path: Path) -> None:
    assert run_suite(SLIPS[slip], repo, tmp_path) in (1, 2)


def test_a_sound_suite_passes(repo: Path, tmp_path: Path) -> None:
    assert run_suite("def test_it(): pass\n", repo, tmp_path) == 0
