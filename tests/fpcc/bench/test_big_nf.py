"""The generated NF: as long as asked for, always the same, and one that really builds and runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.big_nf import generate
from bench.big_nf_parts import PARTS
from tests.conftest import RunFpcc


@pytest.mark.parametrize("lines", [1250, 2500, 5000, 10000])
def test_length(lines: int) -> None:
    assert lines <= generate(lines).count("\n") < lines + 250
    assert generate(lines) == generate(lines)


def test_it_is_varied() -> None:
    text = generate(10000)
    for sign in ("struct header_", "find_", "weights_", "totals_", "malloc(", "memcpy(copy"):
        assert text.count(sign) > 20
    assert len(PARTS) == 6


@pytest.mark.parametrize("mode", ["wonly", "rw"])
def test_guards_are_proved_in_a_function_of_ten_thousand_lines(
    mode: str, run_fpcc: RunFpcc, tmp_path: Path
) -> None:
    """Nearly all of it is inlined into one function, and what is checked on entry is used at its end."""
    (tmp_path / "big.c").write_text(generate(10000))
    done = run_fpcc("build", tmp_path / "big.c", f"--mode={mode}", "--lowering=compare", "-q")
    assert (done.returncode, done.stderr) == (0, "")


def test_it_builds_and_runs(run_fpcc: RunFpcc, repo: Path, tmp_path: Path) -> None:
    source, module = tmp_path / "big.c", tmp_path / "big.fpm"
    source.write_text(generate(1250))
    assert run_fpcc("build", source, "--mode=rw", "-o", module, "-Wall", "-Werror").returncode == 0
    done = run_fpcc("run", module, "--in", repo / "examples/traffic/demo.pcap", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["faults"]) == (0, []) and len(said["nodes"][0]["gates"]) == 4
