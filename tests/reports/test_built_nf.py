"""Reports of what `fpcc build` really writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import REPO, RunFpcc
from tests.reports.test_html import Page

NF = "policer.c"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run_fpcc: RunFpcc) -> Path:
    """A directory with the NF as `plain.fpm`, and as `shifted.fpm` with comments between its lines."""
    directory = tmp_path_factory.mktemp("built")
    for name in ("plain", "shifted"):
        shutil.copytree(REPO / "examples/nfs", directory / name)
    source = directory / "shifted" / NF
    lines = source.read_text().splitlines(keepends=True)
    source.write_text("/* first */\n\n" + "".join(lines) + "// last\n")
    for name in ("plain", "shifted"):
        done = run_fpcc("build", NF, "--mode=wonly", "-o", f"../{name}.fpm", cwd=directory / name)
        assert done.returncode == 0, done.stderr
    return directory


def test_a_comment_changes_nothing(built: Path, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("diff", "--exit-code", built / "plain.fpm", built / "shifted.fpm")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_manifest_tells_the_truth(built: Path, run_fpcc: RunFpcc) -> None:
    report = json.loads(run_fpcc("inspect", "--json", built / "plain.fpm").stdout)
    assert report["disagreements"] == []
    assert report["manifest"]["name"] == "policer"
    assert "process" in report["manifest"]["entry_points"]


def test_module_and_decisions_agree(built: Path, run_fpcc: RunFpcc) -> None:
    of_module, of_decisions = (
        run_fpcc("report", "--json", built / f"plain.{ending}").stdout for ending in ("fpm", "decisions.json")
    )
    assert json.loads(of_module)["total"]["accesses"] > 0
    assert of_module == of_decisions


def test_the_page_links_within_itself(built: Path, run_fpcc: RunFpcc) -> None:
    done = run_fpcc("report", built / "plain.fpm", "--html", built / "page.html")
    assert done.returncode == 0, done.stderr
    page = Page((built / "page.html").read_text())
    targets = {f"#{name}" for name in page.attributes("id")}
    assert set(page.attributes("href")) <= targets
