"""Bars as in the paper's figure 2: throughput relative to no protection, one panel an NF.

Each bar of an SVG is an element whose id is what it shows (`name_bar`), so that a figure can be held against
the rows it was made from without drawing it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure.paper import STATED, Stated
from bench.figure.results import PAPERS_NFS, Results
from bench.figure.schemes import is_ours, list_schemes
from bench.peers.figures import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAPERS, OTHERS = "figure-2", "figure-2-other-nfs"
POLICER = PAPERS_NFS[0]  # the NF of the paper's figure
_OURS, _PEERS, _THEIRS = "#2f6db3", "#9aa5b1", "#f2c14e"
_STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "figure",  # the same rows make the same file
    "font.size": 8,
}
_FORMATS = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
_RIGHT = 1.4  # of the axis, at least; beyond the longest bar stands its number
_NUMBER = 0.2  # what that takes


def find_matplotlib() -> str:
    """What is missing and how to get it, "" if nothing."""
    return "" if find_spec("matplotlib") else "matplotlib is missing: pip install -e '.[bench]'"


def name_bar(row: Row) -> str:
    return f"{row.nf}/{row.peer.replace(' ', '-')}={row.ratio:.3f}"


def draw_all(results: Results, directory: Path) -> list[Path]:
    """Draws into the directory: the paper's NFs, then the others, each as SVG and PNG."""
    groups = {
        PAPERS: [nf for nf in PAPERS_NFS if nf in results.nfs],
        OTHERS: [nf for nf in results.nfs if nf not in PAPERS_NFS],
    }
    return [path for name, nfs in groups.items() if nfs for path in _draw(results, nfs, directory / name)]


def _draw(results: Results, nfs: Sequence[str], stem: Path) -> Iterator[Path]:
    import matplotlib
    from matplotlib.figure import Figure

    theirs = [stated for stated in STATED if stated.pool is not None] if POLICER in nfs else []
    schemes = list_schemes(results)
    labels = [*(f"paper: {stated.scheme}" for stated in theirs), *schemes]
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(2 + 2.2 * len(nfs), 0.8 + 0.21 * len(labels)), layout="constrained")
        right = _find_right(results, nfs)
        panels = figure.subplots(1, len(nfs), sharey=True, squeeze=False)[0]
        for nf, axes in zip(nfs, panels, strict=True):
            _draw_panel(axes, nf, labels)
            axes.set_xlim(0, right)
            _draw_theirs(axes, theirs if nf == POLICER else [])
            _draw_ours(axes, results, nf, {name: labels.index(name) for name in schemes})
        for suffix, metadata in _FORMATS.items():
            path = stem.with_suffix(f".{suffix}")
            figure.savefig(path, dpi=150, metadata=metadata)
            yield path


def _find_right(results: Results, nfs: Sequence[str]) -> float:
    return max([_RIGHT, *(row.ratio_hi + _NUMBER for (nf, _), row in results.ratios.items() if nf in nfs)])


def _draw_panel(axes: Axes, nf: str, labels: Sequence[str]) -> None:
    axes.set_title(nf)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlabel("throughput, no protection = 1")
    axes.axvline(1, color="black", linewidth=0.6)
    axes.tick_params(axis="y", length=0)


def _draw_theirs(axes: Axes, theirs: Sequence[Stated]) -> None:
    for place, stated in enumerate(theirs):
        assert stated.pool is not None
        bars = axes.barh(place, stated.pool, color=_THEIRS, hatch="///", edgecolor="white", height=0.7)
        bars[0].set_gid(f"paper/{stated.scheme}={stated.pool}")
        _write(axes, place, stated.pool, f"{'≥ ' if stated.at_least else ''}{stated.pool:.2f}")


def _draw_ours(axes: Axes, results: Results, nf: str, places: dict[str, int]) -> None:
    """Ours and the peers', with the 95 % interval of each; where there is no figure, the words for it."""
    for peer, place in places.items():
        row = results.ratios.get((nf, peer))
        if row is None:
            _write(axes, place, 0, "no figure")
            continue
        color = _OURS if is_ours(peer) else _PEERS
        bars = axes.barh(place, row.ratio, color=color, height=0.7)
        bars[0].set_gid(name_bar(row))
        axes.plot([row.ratio_lo, row.ratio_hi], [place, place], color="black", linewidth=0.8)
        _write(axes, place, max(row.ratio, row.ratio_hi), f"{row.ratio:.2f}")


def _write(axes: Axes, place: int, at: float, text: str) -> None:
    axes.annotate(text, (at, place), (3, 0), textcoords="offset points", va="center", fontsize=7)
