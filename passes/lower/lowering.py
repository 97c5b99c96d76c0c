"""What a lowering is: the text of a guard. One file a lowering; the registry is passes/lower/registry.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass
class GuardText:
    """IR lines that check a pointer and end in the block `after`, and cold blocks to append to the function."""

    lines: list[str]
    after: str  # label of the block the lines leave open, "%name"
    cold: list[str] = field(default_factory=list)


class Lowering(Protocol):
    """Realises guards in IR."""

    name: str
    declarations: tuple[str, ...]  # top-level IR the guards need

    def enter_function(self) -> list[str]:
        """Lines for the start of every function that has guards."""

    def guard(self, number: int, pointer: str, suffix: str) -> GuardText:
        """Checks `pointer` ("%p" or a constant's text); `number` is the guard's id; suffix metadata follows."""
