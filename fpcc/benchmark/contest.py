"""What a bench compares: which modules, on which packets, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFERENCE = "none"
AGAIN = "none, again"  # the same module file once more
INSTANCES = 3  # of each, averaged: where the kernel puts an instance's pages makes about 1 % of difference
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
        """All instances that run; the reference's module has twice as many, so that the noise shows."""
        entrants = {REFERENCE: self.modules[REFERENCE], AGAIN: self.modules[REFERENCE], **self.modules}
        return {name: module for entrant, module in entrants.items() for name in instances_of(entrant)}

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


def instances_of(name: str) -> list[str]:
    """The nodes of one entrant."""
    return [f"{name} ({number})" for number in range(1, INSTANCES + 1)]


def entrant_of(node: str) -> str:
    """The reverse."""
    return node.rpartition(" (")[0]
