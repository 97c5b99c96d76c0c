"""The two ways the host filters, run by bench/filters/contest.c; modules go to a cache of this test run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fpcc.filters.program import Program
from tests.host.conftest import build

RunContest = Callable[..., "Gates"]


@dataclass(frozen=True)
class Gates:
    """The gate of each frame, by the interpreter and by the module."""

    interpreted: list[int]
    native: list[int] | None


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty cache, so that what is tested is built."""
    directory = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(directory))
        yield directory / "fastpaas"


@pytest.fixture(scope="session")
def contest(repo: Path) -> Path:
    return build(repo, "host", [], "bench/filters/contest")


@pytest.fixture(scope="session")
def sanitized_contest(repo: Path) -> Path:
    options = ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dc_args=-fno-sanitize-recover=all"]
    return build(repo, "host-asan", options, "bench/filters/contest")


def ask(program: Path, config: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program], input=json.dumps(config), capture_output=True, text=True, check=False)


@pytest.fixture
def run_contest(contest: Path, tmp_path: Path) -> RunContest:
    """Gives the frames to the programs, and to a module if there is one."""

    def run(programs: Sequence[Program], frames: Sequence[bytes], module: bytes = b"") -> Gates:
        path = tmp_path / "filters.fpm"
        path.write_bytes(module)
        config = {
            "programs": [program.as_json() for program in programs],
            "frames": [frame.hex() for frame in frames],
            "module": str(path) if module else None,
        }
        done = ask(contest, config)
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        return Gates(said["interpreted"], said["native"])

    return run
