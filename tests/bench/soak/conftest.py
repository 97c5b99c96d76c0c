"""The host in all its builds, and what a soak is made of, in which much goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.soak.materials import Materials, gather
from tests.host.conftest import host_program, sanitized_program, thread_sanitized_program
from tests.host.engine.conftest import fphost

__all__ = ["fphost", "host_program", "sanitized_program", "thread_sanitized_program"]

SEED = 2


@pytest.fixture(scope="session")
def materials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Materials]:
    with gather(tmp_path_factory.mktemp("soak"), SEED, rarity=25) as gathered:
        yield gathered
