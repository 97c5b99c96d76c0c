"""`fpcc verify`: exit status and words for what is verified and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fpcc.verifier.verdict import RULES
from tests.conftest import REPO, RunFpcc
from tests.verifier.assembled import make_module

NFS = sorted(path.stem for path in (REPO / "examples/nfs").glob("*.c"))


@pytest.mark.parametrize("mode", ["wonly", "rw"])
@pytest.mark.parametrize("nf", NFS)
def test_what_fpcc_builds_by_segment_is_verified(
    run_fpcc: RunFpcc, tmp_path: Path, nf: str, mode: str
) -> None:
    path = tmp_path / f"{nf}.fpm"
    source = REPO / f"examples/nfs/{nf}.c"
    built = run_fpcc("build", source, f"--mode={mode}", "--lowering=segment", "-q", "-o", path)
    assert built.returncode == 0, built.stderr
    done = run_fpcc("verify", path)
    assert done.returncode == 0, done.stdout
    assert f"verified: mode {mode}, lowering segment" in done.stdout


def test_a_violation_is_shown_with_all_that_is_known(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    path = tmp_path / "bad.fpm"
    path.write_bytes(make_module("nop; movq %rdi, (%rdi); syscall; ret"))
    done = run_fpcc("verify", path)
    assert done.returncode == 3
    assert "0x11004: instruction: syscall: system" in done.stdout
    path.write_bytes(make_module("nop; movq %rdi, (%rdi); ret"))
    done = run_fpcc("verify", path)
    assert "0x11001: memory: an access that nothing confines" in done.stdout
    assert "48 89 3f    mov [rdi], rdi" in done.stdout
    assert "in process()" in done.stdout
    assert done.stdout.endswith("refused: 1 violation\n")


def test_json_has_every_violation(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    path = tmp_path / "bad.fpm"
    path.write_bytes(make_module("movq %rdi, (%rdi);" * 60 + "ret"))
    report = json.loads(run_fpcc("verify", "--json", path).stdout)
    assert (report["verified"], report["mode"], report["lowering"]) == (False, "rw", "segment")
    assert len(report["violations"]) == 60
    assert report["violations"][0] == {
        "rule": "memory",
        "address": 0x11000,
        "bytes": "48893f",
        "instruction": "mov [rdi], rdi",
        "function": "process",
        "source": "",
        "message": "an access that nothing confines",
    }
    assert "... and 10 more" in run_fpcc("verify", path).stdout


def test_json_of_a_verified_module(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    path = tmp_path / "good.fpm"
    path.write_bytes(make_module("movq %gs:(%edi), %rax; ret"))
    done = run_fpcc("verify", "--json", path)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["verified"] and report["accesses"] == {"segment": 1} and not report["violations"]


def test_what_is_no_module_is_refused_by_the_file_rule(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    path = tmp_path / "none.fpm"
    path.write_text("nothing")
    done = run_fpcc("verify", path)
    assert done.returncode == 3
    assert RULES["file"] in done.stdout


def test_of_an_unprotected_module_it_is_said_that_it_is_one(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    path = tmp_path / "lpm.fpm"
    run_fpcc("build", REPO / "examples/nfs/lpm.c", "--mode=none", "-q", "-o", path)
    done = run_fpcc("verify", path)
    assert done.returncode == 3
    assert "nothing is promised in mode none" in done.stdout
