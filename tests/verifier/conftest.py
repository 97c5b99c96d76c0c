"""Modules for tests of the verifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import REPO, RunFpcc


@pytest.fixture(scope="session")
def module(run_fpcc: RunFpcc, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A module as fpcc builds it."""
    path = Path(tmp_path_factory.mktemp("verifier"), "macswap.fpm")
    done = run_fpcc(
        "build", REPO / "examples/nfs/macswap.c", "--mode=rw", "--lowering=compare", "-q", "-o", path
    )
    assert done.returncode == 0, done.stderr
    return path.read_bytes()
