"""The NFs of the host's figures, built once."""

from __future__ import annotations

import pytest

from bench.host.__main__ import build_modules
from bench.host.figure import Modules


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Modules:
    return build_modules(tmp_path_factory.mktemp("modules"))
