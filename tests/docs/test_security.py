"""docs/security.md tells the size of the trusted base as it is now, and names tests that exist."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.conftest import REPO

DOCUMENT = REPO / "docs/security.md"


def test_the_trusted_base_is_up_to_date() -> None:
    check = [sys.executable, "-m", "scripts.trusted_base", "--check"]
    assert subprocess.run(check, cwd=REPO).returncode == 0, "run `python -m scripts.trusted_base`"


def test_the_tests_it_names_exist() -> None:
    named = re.findall(r"`(tests/[^`]+)`", DOCUMENT.read_text(encoding="utf-8"))
    assert len(named) > 8
    assert [pattern for pattern in named if not list(REPO.glob(pattern))] == []
