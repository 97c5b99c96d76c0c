"""The program, modules, and a directory that every user may reach."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.access.users import ANN
from tests.host.run.conftest import fphost, import_names, make_module

__all__ = ["fphost", "import_names", "make_module"]


@pytest.fixture(scope="session", autouse=True)
def as_root() -> None:
    """Other users can only be played by root."""
    if os.geteuid() != 0:
        pytest.skip("requests as different users need root")


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory of tenant a's user, open to all."""
    path = Path(tempfile.mkdtemp(prefix="fastpaas-access-"))
    path.chmod(0o755)
    os.chown(path, ANN, ANN)
    yield path
    shutil.rmtree(path)
