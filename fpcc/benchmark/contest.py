"""What a bench compares: which modules, on which packets, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFERENCE = "none"
AGAIN = "none, again"  # the same module file once more
INSTANCES = 4  # of each, averaged: where the kernel puts an instance's pages makes some percent of difference
PACKETS = 4096  # of one pass: their buffers, 8 MiB, are no guest of the L2 cache
BUDGET_US = 1_000_000  # of a batch: a bench measures slow modules, too


@dataclass(frozen=True)
class Traffic:
    """The packets: frames of `size` bytes that fphost makes, or the first of a capture."""

    size: int = 64
    capture: Path | None = None

    def to_host(self) -> dict[str, Any]:
        if self.capture is None:
            return {"count": PACKETS, "size": self.size}
        return {"count": PACKETS, "pcap": str(self.capture)}


@dataclass(frozen=True)
class Contest:
    """What runs against what, and for how long."""

    modules: Mapping[str, Path]  # by the variant's name; the reference is among them
    traffic: Traffic
    args: Path | None = None
    batch: int = 32
    rounds: int = 101
    until: float | None = None  # stop once all ratios are this precise (0.01: one percent)

    @property
    def nodes(self) -> dict[str, Path]:
        """All instances that run, in the order they are made; the reference's module has twice as many.

        The first get other pages than the last, so every second turn goes backwards: the places of each
        entrant's instances add up to the same.
        """
        entrants = {REFERENCE: self.modules[REFERENCE], AGAIN: self.modules[REFERENCE], **self.modules}
        turns = [list(entrants)[:: 1 if number % 2 else -1] for number in range(1, INSTANCES + 1)]
        return {f"{name} ({number})": entrants[name] for number, turn in enumerate(turns, 1) for name in turn}

    def to_host(self, rounds: int, batches: int) -> dict[str, Any]:
        args = None if self.args is None else str(self.args)
        return {
            "variants": [
                {"name": name, "module": str(path), "args": args, "budget_us": BUDGET_US}
                for name, path in self.nodes.items()
            ],
            "pool": self.traffic.to_host(),
            "batch": self.batch,
            "rounds": rounds,
            "batches_per_round": batches,
        }


def entrant_of(node: str) -> str:
    """Whose instance a node is."""
    return node.rpartition(" (")[0]
