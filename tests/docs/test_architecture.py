"""ARCHITECTURE.md lists every file as it is now."""

from __future__ import annotations

import subprocess
import sys

from scripts.list_files import list_files
from tests.conftest import REPO


def test_the_list_of_files_is_up_to_date() -> None:
    check = [sys.executable, "-m", "scripts.list_files", "--check"]
    assert subprocess.run(check, cwd=REPO).returncode == 0, "run `python -m scripts.list_files`"


def test_every_file_says_what_it_is() -> None:
    assert [line for line in list_files().split("\n") if line.endswith(": ")] == []
