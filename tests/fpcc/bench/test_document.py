"""What `make bench` writes: figures as JSON, and the page made from them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.document import write_document
from bench.figures import Figures, NamedBuild, Row, means_of
from bench.protection import DOCUMENT, RESULTS, main
from bench.recovery import Recovery
from fpcc.benchmark.build_time import BuildTime

TIME = BuildTime("rw", "compare", 1.25, 1.0, 0.25, 0.2, 5.0, 5.5, 3)
ROWS = tuple(
    Row(nf, mode, lowering, ratio, ratio - 0.01, ratio + 0.01, 10.0)
    for nf, wonly, rw in (("nat", 0.9, 0.8), ("lb", 1.0, 0.5))
    for mode, lowering, ratio in (("none", "none", 1.0), ("wonly", "compare", wonly), ("rw", "compare", rw))
)
FIGURES = Figures(
    rows=ROWS,
    noise=tuple(replace(row, ratio=1.001) for row in ROWS if row.mode == "none"),
    means=means_of(ROWS),
    crossing_ns=36.5,
    switching_ns=47.5,
    builds=(
        NamedBuild("nat", 375, TIME),
        NamedBuild("lb", 253, replace(TIME, wall_seconds=0.5)),
        NamedBuild("nat", 375, replace(TIME, lowering="segment", wall_seconds=0.75)),
        NamedBuild("lb", 253, replace(TIME, lowering="segment", wall_seconds=0.5)),
    ),
    big_builds=(NamedBuild("generated", 10083, TIME),),
    recovery=Recovery(9.7, 28.6, 21),
    processor="a processor",
    cores=2,
    load=1.5,
)


def test_means_are_geometric() -> None:
    wonly, rw = means_of(ROWS)
    assert (wonly.mode, wonly.worst, rw.mode, rw.worst) == ("wonly", 0.9, "rw", 0.5)
    assert wonly.geometric_mean == pytest.approx(0.9**0.5) and rw.geometric_mean == pytest.approx(0.4**0.5)


def test_the_page_shows_figures_beside_targets() -> None:
    page = write_document(FIGURES)
    for line in (
        "| nat | 10.0 | 0.900 (0.890–0.910) | 0.800 (0.790–0.810) | 1.001 (0.990–1.010) |",
        "| rw, compare | 0.632 | ≥ 0.92 | 0.500 | ≥ 0.80 |",
        "| entering and leaving a module, 32 packets | 36.5 ns | ≤ 40 ns |",
        "| `fpcc build` of an example, compare, the slowest | 1.25 s (1.00 s on the processor) | ≤ 1.5 s |",
        "| `fpcc build` of an example, segment, the slowest | 0.75 s (1.00 s on the processor) | ≤ 1.5 s |",
        "| `fpcc build` of 10,083 lines against `clang -O2` | 5.5 times | ≤ 10 times |",
        "| from a fault to the next batch of another module, worst of 21 | 29 µs (median 10 µs) | ≤ 100 µs |",
        "| generated | 10,083 | compare | 1.25 | 0.25 | 5.0 | 1.00 | 0.20 | 5.5 |",
    ):
        assert line in page.splitlines()


def test_the_file_holds_the_rows(tmp_path: Path) -> None:
    FIGURES.save(tmp_path / "figures.json")
    row = json.loads((tmp_path / "figures.json").read_text())["rows"][1]
    assert row == {
        "nf": "nat",
        "mode": "wonly",
        "lowering": "compare",
        "ratio": 0.9,
        "ratio_lo": 0.89,
        "ratio_hi": 0.91,
        "ns_per_packet": 10.0,
    }


def test_the_page_in_docs_is_that_of_the_results() -> None:
    """Its rows, that is: nobody has edited one of the two."""
    page = DOCUMENT.read_text()
    for row in json.loads(RESULTS.read_text())["rows"]:
        if row["mode"] != "none":
            assert f"{row['ratio']:.3f} ({row['ratio_lo']:.3f}–{row['ratio_hi']:.3f})" in page


def test_an_unknown_nf_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["router"]) == 2
    assert "no example NF is named router" in capsys.readouterr().err
