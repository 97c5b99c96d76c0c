"""`fpcc inspect`: what a module claims, what it is, and where the two disagree."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fpcc.manifest import GuardCounts, Manifest, make_manifest
from fpcc.module_file import manifest_note, pack_decisions
from tests.conftest import RunFpcc
from tests.reports.builds import load_shipped
from tests.reports.linked import TOOLS, link_module, link_with

BUILD = replace(load_shipped("limiter"), imports=("fp_count", "fp_counter"))
MANIFEST = make_manifest(BUILD, TOOLS, 1, ("init", "process"))


def test_json_holds_manifest_and_layout(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    done = run_fpcc("inspect", "--json", link_module(BUILD, tmp_path))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert Manifest.from_json(json.dumps(report["manifest"]).encode()) == MANIFEST
    assert report["imports"] == ["fp_count", "fp_counter"]
    assert report["relocations"] == {"R_X86_64_JUMP_SLOT": 2, "R_X86_64_RELATIVE": 2}
    assert report["disagreements"] == []


def test_the_terminal_names_what_a_person_asks(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    shown = run_fpcc("inspect", link_module(BUILD, tmp_path)).stdout
    assert "\nmode          wonly\nlowering      compare\n" in shown
    assert (
        "\naccesses      25: guarded 5, covered 3, confined 0, free 3, unguarded 14\nchecks        5\n"
        in shown
    )
    assert "\nimports       fp_count, fp_counter\n" in shown
    assert "R_X86_64_RELATIVE ×2" in shown
    assert "disagreement" not in shown


LIES = {
    "an import it has is missing": (
        replace(MANIFEST, imports=("fp_count",)),
        "fp_counter: imported, but not in",
    ),
    "an import it has not": (
        replace(MANIFEST, imports=(*MANIFEST.imports, "fp_now")),
        "fp_now: in the manifest's imports, but not imported",
    ),
    "an entry point it has not": (
        replace(MANIFEST, entry_points=("process", "fini")),
        "fini: an entry point, but not defined",
    ),
    "another mode": (
        replace(MANIFEST, mode="rw"),
        "mode: the manifest says 'rw', the embedded decisions 'wonly'",
    ),
    "other counts": (
        replace(MANIFEST, guards=GuardCounts(1, 1, 0, 0, 0, 0, 1)),
        "the guard counts of the manifest",
    ),
    "other sources": (replace(MANIFEST, sources=()), "the sources of the manifest"),
    "another ABI": (replace(MANIFEST, abi=99), "built for ABI version 99"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_manifest_that_lies_is_told(lie: str, run_fpcc: RunFpcc, tmp_path: Path) -> None:
    manifest, told = LIES[lie]
    module = link_with(manifest_note(manifest), pack_decisions(BUILD), tmp_path)
    (found,) = json.loads(run_fpcc("inspect", "--json", module).stdout)["disagreements"]
    assert found.startswith(told)


@pytest.mark.parametrize("content", [b"", b"int main(void);\n", b"\x7fELF", b"\x7fELF" + bytes(200)])
def test_what_is_no_module_is_an_error(content: bytes, run_fpcc: RunFpcc, tmp_path: Path) -> None:
    path = tmp_path / "nf.fpm"
    path.write_bytes(content)
    done = run_fpcc("inspect", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{path}: not a module")
    assert done.stderr.count("\n") == 1
