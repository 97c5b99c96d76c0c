"""The linters and the type checker have nothing to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = {
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "types": ("mypy",),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_found(tool: str, repo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *TOOLS[tool]], cwd=repo, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
