"""The example NFs, built natively with sanitizers, each built once a test run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.nfs.driver import NativeNf

BuildNf = Callable[[str], NativeNf]


@pytest.fixture(scope="session")
def native(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuildNf]:
    """Gives an NF by name."""
    built: dict[str, NativeNf] = {}
    work = tmp_path_factory.mktemp("nfs")

    def build(name: str) -> NativeNf:
        if name not in built:
            source = repo / "examples" / "nfs" / f"{name}.c"
            built[name] = NativeNf(source, repo / "runtime" / "include", work)
        return built[name]

    yield build
    for nf in built.values():
        nf.close()
