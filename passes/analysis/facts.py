"""What is known of addresses at one point of a function: bytes proved to lie in the arena.

A fact about a key (linear.py) says: some byte in key + [low, high] is in the arena. Because of what is never
mapped, an access near enough touches the arena or faults, wherever that byte is: `Reach` says how near.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Key = tuple[str, tuple[tuple[str, int], ...]]


class Reach(NamedTuple):
    """How far from a byte in the arena's lower half an access is still in the arena or faults.

    Below lies at least the zone that is never mapped around each region, above it the arena's upper half,
    which never holds a mapping. Both are numbers of bytes.
    """

    below: int
    above: int

    def covers(self, proved: tuple[int, int], low: int, high: int) -> bool:
        """Whether bytes from `low` to `high` are within reach, wherever in `proved` the proved byte is."""
        return high - proved[0] < self.above and proved[1] - low < self.below


class Fact(NamedTuple):
    """Some byte in key + [low, high] is in the arena, by `guard` (-1: none needed) and for `reason`."""

    low: int
    high: int
    guard: int
    reason: str

    def reaches(self, low: int, high: int, reach: Reach) -> bool:
        """Whether the bytes key + [low, high] are all within reach of wherever the proved byte is."""
        return reach.covers((self.low, self.high), low, high)


@dataclass
class Facts:
    """Facts in force, newest first; `mark` and `undo` scope them to a dominator subtree."""

    _by_key: dict[Key, list[Fact]] = field(default_factory=dict)
    _log: list[Key] = field(default_factory=list)

    def add(self, key: Key, fact: Fact) -> None:
        """Makes `fact` known."""
        self._by_key.setdefault(key, []).append(fact)
        self._log.append(key)

    def find(self, key: Key, low: int, high: int, reach: Reach) -> Fact | None:
        """A fact that covers the bytes key + [low, high]."""
        for fact in reversed(self._by_key.get(key, ())):
            if fact.reaches(low, high, reach):
                return fact
        return None

    def mark(self) -> int:
        """The present, for `undo`."""
        return len(self._log)

    def undo(self, mark: int) -> None:
        """Forgets everything added since `mark`."""
        while len(self._log) > mark:
            self._by_key[self._log.pop()].pop()
