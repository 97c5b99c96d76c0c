"""docs/filters.md shows what `fpcc filter` prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import REPO, RunFpcc

DOCUMENT = (REPO / "docs/filters.md").read_text()
SHOWN = re.findall(r"^\$ (fpcc filter .*)\n((?:.*\n)*?)```", DOCUMENT, re.MULTILINE)


@pytest.mark.parametrize(("line", "output"), SHOWN)
def test_the_output_shown_is_what_is_printed(
    line: str, output: str, run_fpcc: RunFpcc, tmp_path: Path
) -> None:
    """All but the sizes of the file, which tell of the compiler's version."""
    words = [str(tmp_path / "split.fpm") if "/" in word else word for word in shlex.split(line)[1:]]
    done = run_fpcc(*words)
    printed = (done.stdout + done.stderr).replace(f"{tmp_path}/", "build/docs/")
    assert re.sub(r"[\d,]+ bytes.*", "", printed) == re.sub(r"[\d,]+ bytes.*", "", output)


def test_output_is_shown() -> None:
    assert len(SHOWN) == 2
