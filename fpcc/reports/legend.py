"""The decisions as reports show them: order, symbol, terminal style, meaning; and those of mode `pointer`."""

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

# What became of an access in mode `pointer`, beside the above (`checks` in decisions.json).
BOUNDS = {
    entry.decision: entry
    for entry in (
        Entry("checked", "■", "bold blue", "compared with the bounds of its object"),
        Entry("proved", "□", "green", "stays in its object, needs no check"),
        Entry("unknown", "?", "yellow", "nothing tells its object: held to the arena"),
    )
}
