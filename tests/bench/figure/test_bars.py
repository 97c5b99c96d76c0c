"""The drawing has a bar for every figure, the paper's beside the policer's, and words where there is none."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from bench.figure.bars import OTHERS, PAPERS, draw_all, find_matplotlib, name_bar
from bench.figure.results import load_results

SAMPLE = Path(__file__).with_name("results.json")
PNG = b"\x89PNG\r\n\x1a\n"
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if missing := find_matplotlib():
        pytest.skip(missing)
    directory = tmp_path_factory.mktemp("figures")
    files = draw_all(load_results(SAMPLE), directory)
    assert {path.name for path in files} == {f"{n}.{s}" for n in (PAPERS, OTHERS) for s in ("svg", "png")}
    return directory


def ids_of(file: Path) -> set[str]:
    return {element.get("id", "") for element in ElementTree.parse(file).iter()}


def texts_of(file: Path) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.parse(file).iter(TEXT)]


@pytest.mark.parametrize(("nf", "figure"), [("policer", PAPERS), ("nat", OTHERS)])
def test_each_figure_has_its_bar(nf: str, figure: str, drawn: Path) -> None:
    ratios = load_results(SAMPLE).ratios
    rows = [row for (of, peer), row in ratios.items() if of == nf and not peer.startswith("none")]
    assert len(rows) >= 3
    assert {name_bar(row) for row in rows} <= ids_of(drawn / f"{figure}.svg")


def test_figures_with_traffic_are_a_second_group(drawn: Path) -> None:
    """Those of the paper beside the policer's, which are others than with packets from a pool."""
    rows = load_results(SAMPLE).wire_rows.values()
    shown = {name_bar(row) for row in rows if not row.peer.startswith("none")}
    assert shown == {"traffic/policer/wonly-segment=0.997", "traffic/policer/rw-segment=0.991"}
    assert shown | {"traffic/paper/FastPaas/WOnly=0.98"} <= ids_of(drawn / f"{PAPERS}.svg")
    assert {"policer, with traffic", "0.98", "0.96"} <= set(texts_of(drawn / f"{PAPERS}.svg"))
    assert not any("with traffic" in text for text in texts_of(drawn / f"{OTHERS}.svg"))


def test_the_papers_bars_are_named_as_theirs(drawn: Path) -> None:
    texts = texts_of(drawn / f"{PAPERS}.svg")
    assert {"paper: Def/MPX", "paper: FastPaas/RW", "≥ 0.54", "≥ 0.76", "0.96"} <= set(texts)
    assert "paper/FastPaas/WOnly=0.96" in ids_of(drawn / f"{PAPERS}.svg")
    assert not any(text.startswith("paper") for text in texts_of(drawn / f"{OTHERS}.svg"))


def test_schemes_and_nfs_are_labelled(drawn: Path) -> None:
    assert {"policer", "rust", "asan", "rw segment", "0.65"} <= set(texts_of(drawn / f"{PAPERS}.svg"))
    assert "throughput, no protection = 1" in texts_of(drawn / f"{PAPERS}.svg")


def test_what_has_no_figure_says_so(drawn: Path) -> None:
    assert texts_of(drawn / f"{OTHERS}.svg").count("no figure") == 1


def test_pngs_are_pngs(drawn: Path) -> None:
    assert all((drawn / f"{name}.png").read_bytes().startswith(PNG) for name in (PAPERS, OTHERS))


def test_the_same_rows_make_the_same_drawing(drawn: Path, tmp_path: Path) -> None:
    draw_all(load_results(SAMPLE), tmp_path)
    assert (tmp_path / f"{PAPERS}.svg").read_bytes() == (drawn / f"{PAPERS}.svg").read_bytes()
