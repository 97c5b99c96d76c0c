"""The decisions as reports show them: order, symbol, terminal style, meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    decision: str
    symbol: str
    style: str  # rich's words
    meaning: str


LEGEND = {
    entry.decision: entry
    for entry in (
        Entry("guarded", "●", "bold blue", "carries a check of its own"),
        Entry("covered", "○", "cyan", "served by a check made before"),
        Entry("confined", "◌", "cyan", "its address is cut to the arena"),
        Entry("free", "·", "green", "proved safe, needs no check"),
        Entry("unguarded", "–", "yellow", "the mode asks for no check"),
    )
}
