"""`fpcc bench`, end to end on small contests: what it reports, and what stops it. No figure is judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fpcc.benchmark.variants import BASELINE, Variant, list_variants
from fpcc.lowering_choice import runnable_lowerings
from tests.conftest import RunFpcc

QUICK = ("--rounds", "6", "--no-build-time")
# What another instance, at another address, does differently; and what goes wrong in one variant only.
ADDRESS_DEPENDENT = """\
#include <fastpaas/nf.h>
static char here;
static unsigned seen;
void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++)
		if (seen++ == 70)
			batch->packet[i].gate = (uint16_t)(((uintptr_t)&here >> 32) % 61);
}
"""
FAULTY = """\
#include <fastpaas/nf.h>
static volatile uint32_t nothing;
void process(struct fp_batch *batch)
{
	batch->packet[0].gate = (uint16_t)(batch->count / nothing);
}
"""


@pytest.fixture(scope="module")
def report(run_fpcc: RunFpcc, repo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Of the firewall on the demo's packets."""
    file = tmp_path_factory.mktemp("bench") / "report.json"
    nfs = repo / "examples/nfs"
    words = (nfs / "firewall.c", "--args", nfs / "args/firewall.rules", "--json", file, "--rounds", "6")
    capture = repo / "examples/traffic/demo.pcap"
    done = run_fpcc("bench", *words, "--pcap", capture, COLUMNS="160")
    assert done.returncode == 0, done.stderr
    return {**json.loads(file.read_text()), "shown": done.stdout}


def test_each_variant_has_a_row(report: dict[str, Any]) -> None:
    rows = [(row["nf"], row["mode"], row["lowering"]) for row in report["rows"]]
    protected = [(mode, lowering) for mode in ("wonly", "rw", "pointer") for lowering in runnable_lowerings()]
    assert rows == [("firewall", *variant) for variant in [("none", "none"), *protected]]
    assert report["rows"][0]["ratio"] == report["rows"][0]["ratio_lo"] == report["rows"][0]["ratio_hi"] == 1
    assert report["noise"]["mode"] == "none, again"
    assert all(row["ratio_lo"] <= row["ratio"] <= row["ratio_hi"] for row in report["rows"])
    assert all(row["ns_per_packet"] > 0 for row in [*report["rows"], report["noise"]])


def test_the_conditions_are_told(report: dict[str, Any]) -> None:
    assert (report["rounds"], report["packets"], report["batch"], report["schema"]) == (6, 4096, 32, 1)
    assert sum(report["gates"].values()) == report["packets"] and report["gates"]["dropped"] > 0
    assert 0 < report["crossing_ns"] < report["switching_ns"]
    memory = [row["memory"] for row in report["rows"]]
    assert memory[0]["image_bytes"] < max(m["image_bytes"] for m in memory), "guards take room"
    assert all(m["heap_touched_bytes"] > 0 for m in memory)


def test_the_build_is_timed_against_clang(report: dict[str, Any]) -> None:
    build = report["build"]
    assert (build["mode"], build["lowering"], build["rounds"]) == ("pointer", runnable_lowerings()[-1], 3)
    assert 0 < build["clang_cpu_seconds"] < build["cpu_seconds"]


def test_the_table_shows_the_rows(report: dict[str, Any]) -> None:
    for row in [*report["rows"][1:], report["noise"]]:
        rounded = {f"{row['ratio'] + digit:.3f}" for digit in (-1e-4, 0, 1e-4)}  # JSON rounds once more
        assert any(ratio in report["shown"] for ratio in rounded) and row["mode"] in report["shown"]
    assert "times as long" in report["shown"]


def test_json_on_standard_output_stands_alone(run_fpcc: RunFpcc) -> None:
    done = run_fpcc(
        "bench", "examples/nfs/macswap.c", *QUICK, "--modes", "wonly", "--json", "-", "--size", "128"
    )
    said = json.loads(done.stdout)
    assert [row["mode"] for row in said["rows"]] == ["none", *["wonly"] * len(runnable_lowerings())]
    assert said["build"] is None


def test_precise_enough_ends_it_early(run_fpcc: RunFpcc) -> None:
    words = ("--rounds", "5000", "--until-precise", "50", "--no-build-time", "--json", "-")
    said = json.loads(run_fpcc("bench", "examples/nfs/macswap.c", "--modes=wonly", *words).stdout)
    assert 31 <= said["rounds"] < 5000


def test_variants_that_differ_are_not_timed(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    source = tmp_path / "odd.c"
    source.write_text(ADDRESS_DEPENDENT)
    done = run_fpcc("bench", source, *QUICK)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("packet 70 of the generated packets is not the same after none")
    assert "gate" in done.stderr.splitlines()[0] and "Traceback" not in done.stderr


def test_a_fault_ends_it_with_its_report(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    source = tmp_path / "faulty.c"
    source.write_text(FAULTY)
    done = run_fpcc("bench", source, *QUICK)
    assert done.returncode == 1 and "faulty.c:5" in done.stderr and "division by zero" in done.stderr


def test_a_source_that_does_not_compile_is_shown_as_clang_shows_it(run_fpcc: RunFpcc, tmp_path: Path) -> None:
    source = tmp_path / "broken.c"
    source.write_text("#include <fastpaas/nf.h>\nvoid process(struct fp_batch *b) { b->nothing = 1; }\n")
    done = run_fpcc("bench", source, *QUICK)
    assert (
        done.returncode == 1 and "broken.c:2:" in done.stderr and "no member named 'nothing'" in done.stderr
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "name at least one C file"),
        (("none.c",), 1, "none.c: No such file or directory"),
        (("examples/nfs/lb.c", "--modes", "wonly,fast"), 2, "'fast' is none of none, wonly, rw"),
        (("examples/nfs/lb.c", "--lowerings", "magic"), 2, "'magic' is none of compare, segment"),
        (("examples/nfs/lb.c", "--pcap", "none.pcap"), 1, "--pcap none.pcap: no such file"),
        (("examples/nfs/lb.c", "--args", "none"), 1, "--args none: no such file"),
        (("examples/nfs/lb.c", "--batch", "65"), 2, "--batch is 65; allowed are 1 to 64"),
        (
            ("examples/nfs/lb.c", "--pcap", "examples/traffic/demo.pcap", "--size", "99"),
            2,
            "--size has no meaning",
        ),
        (("examples/nfs/lb.c", *QUICK, "--modes=wonly"), 1, "init() refused to start"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: tuple[str, ...], status: int, said: str, run_fpcc: RunFpcc
) -> None:
    done = run_fpcc("bench", *words)
    assert done.returncode == status and said in done.stderr and done.stdout == ""


def test_variants_are_the_modes_times_the_lowerings() -> None:
    assert list_variants(["rw", "none", "wonly", "rw"], ["a", "b", "a"]) == (
        BASELINE,
        Variant("wonly", "a"),
        Variant("wonly", "b"),
        Variant("rw", "a"),
        Variant("rw", "b"),
    )


def test_a_module_that_does_not_start_says_why(run_fpcc: RunFpcc) -> None:
    done = run_fpcc("bench", "examples/nfs/lb.c", *QUICK, "--modes", "wonly")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "none (1): init() refused to start: it returned -1",
        "    none: error: the argument file has 0 backends, expected 1 to 250",
    ]
