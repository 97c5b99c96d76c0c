"""The smaller commands, and the command line itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS


def run(fphost: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [fphost, *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_check_accepts(fphost: Path, make_module: MakeModule) -> None:
    done = run(fphost, "check", make_module(PASS))
    assert (done.returncode, done.stdout) == (0, "ok: test, lowering compare\n")
    assert "unprotected" in run(fphost, "check", make_module(PASS, mode="none")).stdout


def test_check_refuses_with_a_reason(fphost: Path, tmp_path: Path) -> None:
    (tmp_path / "nf.fpm").write_bytes(b"\x7fELF" + bytes(200))
    done = run(fphost, "check", tmp_path / "nf.fpm")
    assert done.returncode == 3 and done.stdout.startswith("refused: ")


def test_selftest(fphost: Path) -> None:
    event = json.loads(run(fphost, "selftest").stdout)
    assert event["event"] == "selftest"
    assert all(isinstance(event[key], bool) for key in ("fsgsbase", "avx2", "bmi2", "arena"))
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("flags", 1)[1].split("\n", 1)[0].split()
    assert event["avx2"] == ("avx2" in flags)
    assert (event["no_mpx"] is None) == ("mpx" in flags)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["run"],
        ["bench"],
        ["check"],
        ["run", "a", "b"],
        ["selftest", "x"],
        ["bench-crossing", "x"],
    ],
)
def test_wrong_command_line(words: list[str], fphost: Path) -> None:
    done = run(fphost, *words)
    assert done.returncode == 2 and done.stderr and not done.stdout


@pytest.mark.parametrize("command", ["run", "bench"])
def test_missing_configuration(command: str, fphost: Path) -> None:
    done = run(fphost, command, "/nowhere/config.json")
    assert done.returncode == 2 and "/nowhere/config.json: No such file" in done.stderr


def test_help(fphost: Path) -> None:
    done = run(fphost, "--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("run", "bench", "check", "selftest"))
