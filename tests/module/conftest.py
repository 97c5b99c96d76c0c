"""Fixtures: the library in each build, and the C library of this machine to compare it with."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.module.built_library import BUILDS, Library, build, load_copy


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The shared objects by build."""
    return {name: build(name, tmp_path_factory.mktemp(name)) for name in BUILDS}


@pytest.fixture(scope="session", params=BUILDS)
def library_file(request: pytest.FixtureRequest, builds: dict[str, Path]) -> Path:
    return builds[request.param]


@pytest.fixture(scope="session")
def loaded(library_file: Path) -> Library:
    return load_copy(library_file)


@pytest.fixture(scope="module")
def ours(loaded: Library) -> Iterator[Library]:
    """The library under test; the last test of a file fails if undefined behaviour was met."""
    loaded.log()
    yield loaded
    assert loaded.undefined() == ""


@pytest.fixture(scope="session")
def libc() -> ctypes.CDLL:
    """The C library of this machine."""
    return ctypes.CDLL("libc.so.6", use_errno=True)
