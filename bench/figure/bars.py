"""Bars as in the paper's figure 2: throughput relative to no protection, one panel an NF.

The first row of panels is of packets from a pool; figures with traffic from a separate host, where there are
any, are the second.

Each bar of an SVG is an element whose id is what it shows (`name_bar`), so that a figure can be held against
the rows it was made from without drawing it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure.paper import STATED
from bench.figure.results import PAPERS_NFS, Results
from bench.figure.schemes import is_ours, list_ours_of, list_schemes
from bench.peers.figures import Row
from bench.wire.figures import WireRow

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
_WIRE_PREFIX = "traffic/"  # of the ids of bars with traffic from a separate host


def find_matplotlib() -> str:
    """What is missing and how to get it, "" if nothing."""
    return "" if find_spec("matplotlib") else "matplotlib is missing: pip install -e '.[bench]'"


@dataclass(frozen=True)
class _Group:
    """One row of panels."""

    title: str  # beside the NF's name
    prefix: str  # of the bars' ids
    schemes: Sequence[str]
    rows: Mapping[tuple[str, str], Row | WireRow]
    theirs: Mapping[str, float]  # the paper's numbers, by scheme

    @property
    def labels(self) -> list[str]:
        return [*(f"paper: {scheme}" for scheme in self.theirs), *self.schemes]


def name_bar(row: Row | WireRow) -> str:
    prefix = _WIRE_PREFIX if isinstance(row, WireRow) else ""
    return f"{prefix}{row.nf}/{row.peer.replace(' ', '-')}={row.ratio:.3f}"


def draw_all(results: Results, directory: Path) -> list[Path]:
    """Draws into the directory: the paper's NFs, then the others, each as SVG and PNG."""
    groups = {
        PAPERS: [nf for nf in PAPERS_NFS if nf in results.nfs],
        OTHERS: [nf for nf in results.nfs if nf not in PAPERS_NFS],
    }
    return [path for name, nfs in groups.items() if nfs for path in _draw(results, nfs, directory / name)]


def _list_groups(results: Results, nfs: Sequence[str]) -> list[_Group]:
    papers = POLICER in nfs
    pool = {it.scheme: it.pool for it in STATED if papers and it.pool is not None}
    traffic = {it.scheme: it.traffic for it in STATED if papers and it.traffic is not None}
    wire = {key: row for key, row in results.wire_rows.items() if key[0] in nfs}
    groups = [_Group("", "", list_schemes(results), results.ratios, pool)]
    if wire:
        names = list_ours_of(peer for _, peer in wire)
        groups.append(_Group(", with traffic", _WIRE_PREFIX, names, wire, traffic))
    return groups


def _draw(results: Results, nfs: Sequence[str], stem: Path) -> Iterator[Path]:
    import matplotlib
    from matplotlib.figure import Figure

    groups = _list_groups(results, nfs)
    heights = [len(group.labels) for group in groups]
    with matplotlib.rc_context(_STYLE):
        size = (2 + 2.2 * len(nfs), 0.8 * len(groups) + 0.21 * sum(heights))
        figure = Figure(figsize=size, layout="constrained")
        panels = figure.subplots(len(groups), len(nfs), sharey="row", squeeze=False, height_ratios=heights)
        for group, row in zip(groups, panels, strict=True):
            _draw_group(group, nfs, row)
        for suffix, metadata in _FORMATS.items():
            path = stem.with_suffix(f".{suffix}")
            figure.savefig(path, dpi=150, metadata=metadata)
            yield path


def _draw_group(group: _Group, nfs: Sequence[str], panels: Sequence[Axes]) -> None:
    right = max([_RIGHT, *(row.ratio_hi + _NUMBER for (nf, _), row in group.rows.items() if nf in nfs)])
    for nf, axes in zip(nfs, panels, strict=True):
        _draw_panel(axes, f"{nf}{group.title}", group.labels)
        axes.set_xlim(0, right)
        if nf == POLICER:
            _draw_theirs(axes, group)
        _draw_ours(axes, group, nf)


def _draw_panel(axes: Axes, title: str, labels: Sequence[str]) -> None:
    axes.set_title(title)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlabel("throughput, no protection = 1")
    axes.axvline(1, color="black", linewidth=0.6)
    axes.tick_params(axis="y", length=0)


def _draw_theirs(axes: Axes, group: _Group) -> None:
    bounds = {stated.scheme for stated in STATED if stated.at_least}
    for place, (scheme, number) in enumerate(group.theirs.items()):
        bars = axes.barh(place, number, color=_THEIRS, hatch="///", edgecolor="white", height=0.7)
        bars[0].set_gid(f"{group.prefix}paper/{scheme}={number}")
        _write(axes, place, number, f"{'≥ ' if scheme in bounds else ''}{number:.2f}")


def _draw_ours(axes: Axes, group: _Group, nf: str) -> None:
    """Ours and the peers', with the 95 % interval of each; where there is no figure, the words for it."""
    for place, peer in enumerate(group.schemes, len(group.theirs)):
        row = group.rows.get((nf, peer))
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
