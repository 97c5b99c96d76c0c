"""Graphs that must be refused: bad/NAME.toml, and beside it, in NAME.txt, what is said.

Those called host_* hold what only the host knows to be wrong; it says so in the words of the file, too.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import REPO, CompareGolden, RunFpcc

BAD = sorted((REPO / "tests/graph/bad").glob("*.toml"))


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_a_bad_graph_is_refused_with_the_reason(
    bad: Path, tmp_path: Path, macswap: Path, run_fpcc: RunFpcc, compare_golden: CompareGolden
) -> None:
    shutil.copy(bad, tmp_path / "graph.toml")
    shutil.copy(macswap, tmp_path / "nf.fpm")
    (tmp_path / "nf.c").write_text("")
    done = run_fpcc("serve", "graph.toml", "--control", tmp_path / "control", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    compare_golden(bad.with_suffix(".txt"), done.stderr.replace(str(tmp_path), "DIRECTORY"))


def test_there_are_bad_graphs() -> None:
    assert len(BAD) > 30
