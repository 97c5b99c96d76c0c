"""Mode `pointer` on the command line: what build, report and bench say of bounds."""

from __future__ import annotations

import json
from pathlib import Path

from bench.malloc_cost import bench_malloc, describe, total
from fpcc.decisions_file import load_decisions
from tests.bounds.conftest import HERE
from tests.conftest import RunFpcc

LIST = HERE / "missed/list.c"


def test_a_build_says_what_became_of_accesses(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    module = tmp_path / "list.fpm"
    done = run_fpcc("build", LIST, f"-I{HERE}", "--mode=pointer", "--lowering=compare", "-o", module)
    assert "bounds of objects: " in done.stdout and " checked, " in done.stdout, done.stderr
    decisions = load_decisions(tmp_path / "list.decisions.json")
    own = [check for check in decisions.checks if check.location.file.endswith("list.c")]
    assert any("values[2 + zero] = 1" in check.expression for check in own)
    assert {check.decision for check in own} == {"checked", "proved"}
    heap = [site for site in decisions.sites if site.kind == "heap" and site.function == "push"]
    assert [site.name for site in heap] == ["malloc"]
    report = run_fpcc("report", module)
    assert "bounds of objects: " in report.stdout, report.stderr


def test_other_modes_have_no_checks(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    module = tmp_path / "list.fpm"
    assert "bounds" not in run_fpcc("build", LIST, f"-I{HERE}", "--mode=rw", "-o", module).stdout
    decisions = load_decisions(tmp_path / "list.decisions.json")
    assert decisions.checks == () and decisions.sites == ()


def test_counting_is_for_mode_pointer(run_fpcc: RunFpcc) -> None:
    done = run_fpcc("build", LIST, "--mode=rw", "--count-bounds")
    assert done.returncode == 2 and "--count-bounds counts what --mode=pointer does" in done.stderr


def test_a_module_that_counts_tells_what_each_packet_took(
    run_fpcc: RunFpcc, repo: Path, tmp_path: Path
) -> None:
    module = tmp_path / "packets.fpm"
    source = HERE / "fine/packets.c"
    built = run_fpcc("build", source, f"-I{HERE}", "--mode=pointer", "--count-bounds", "-o", module)
    assert built.returncode == 0, built.stderr
    capture = repo / "examples/traffic/demo.pcap"
    result = json.loads(run_fpcc("run", module, "--in", capture, "--json").stdout)
    counters = result["nodes"][0]["counters"]
    packets = result["in"]
    assert counters["bounds.loads"] >= packets
    assert counters["bounds.stores"] == 2 * packets, "the batch's own, and the one that run() stores"
    assert counters["bounds.copies"] == packets
    assert counters["bounds.checks"] >= 5 * packets
    assert counters["bounds.table_bytes"] > 0


def test_the_malloc_benchmark_shows_every_mode_with_time_and_memory() -> None:
    report = bench_malloc(1)
    lines = list(describe(report))
    assert [line.split()[1] for line in lines[2:6]] == ["none", "wonly", "rw", "pointer"]
    memory = [total(row.memory) for row in report.rows]
    assert memory[3] > 1.5 * memory[2] > 0, "bounds of pointers take room"
    assert report.bounds is not None and report.bounds.loads > 4 and "KiB of tables" in lines[-1]
