"""The host as it is built for users and under sanitizers; the modules are those of tests/host/run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.conftest import Program
from tests.host.run.conftest import import_names, make_module, network

__all__ = ["import_names", "make_module", "network"]


@pytest.fixture(scope="session", params=["plain", "sanitized", "threads"])
def fphost(
    request: pytest.FixtureRequest,
    host_program: Program,
    sanitized_program: Program,
    thread_sanitized_program: Program,
) -> Path:
    """The program under test."""
    builds = {"plain": host_program, "sanitized": sanitized_program, "threads": thread_sanitized_program}
    return builds[request.param]("runtime/fphost")
