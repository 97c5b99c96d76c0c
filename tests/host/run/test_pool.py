"""The packet pool: buffers that other threads return are there again, each once."""

from __future__ import annotations

import subprocess

import pytest

from tests.host.run.conftest import Program


@pytest.mark.parametrize("build", ["host_program", "sanitized_program", "thread_sanitized_program"])
def test_buffers_that_other_threads_return(build: str, request: pytest.FixtureRequest) -> None:
    make: Program = request.getfixturevalue(build)
    done = subprocess.run([make("tests/host/run/check_pool")], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("free 300, lent 0, once 300\n", 0), done.stderr
