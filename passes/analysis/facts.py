"""What is known of addresses at one point of a function: bytes proved to lie in the arena.

A fact about a key (linear.py) says: some byte in key + [low, high] is in the arena. Around every region lie
`zone` unmapped bytes, so an access all of whose bytes are less than `zone` from every place that byte can be
touches the arena or faults (DESIGN.md, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Key = tuple[str, tuple[tuple[str, int], ...]]


class Fact(NamedTuple):
    """Some byte in key + [low, high] is in the arena, by `guard` (-1: none needed) and for `reason`."""

    low: int
    high: int
    guard: int
    reason: str

    def reaches(self, low: int, high: int, zone: int) -> bool:
        """Whether the bytes key + [low, high] are all within `zone` of wherever the proved byte is."""
        return high - self.low < zone and self.high - low < zone


@dataclass
class Facts:
    """Facts in force, newest first; `mark` and `undo` scope them to a dominator subtree."""

    zone: int
    _by_key: dict[Key, list[Fact]] = field(default_factory=dict)
    _log: list[Key] = field(default_factory=list)

    def add(self, key: Key, fact: Fact) -> None:
        """Makes `fact` known."""
        self._by_key.setdefault(key, []).append(fact)
        self._log.append(key)

    def find(self, key: Key, low: int, high: int) -> Fact | None:
        """A fact that covers the bytes key + [low, high]."""
        for fact in reversed(self._by_key.get(key, ())):
            if fact.reaches(low, high, self.zone):
                return fact
        return None

    def mark(self) -> int:
        """The present, for `undo`."""
        return len(self._log)

    def undo(self, mark: int) -> None:
        """Forgets everything added since `mark`."""
        while len(self._log) > mark:
            self._by_key[self._log.pop()].pop()
