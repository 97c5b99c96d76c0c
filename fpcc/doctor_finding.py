"""What one check of `fpcc doctor` found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing FastPaas uses, and what does not work without it."""

    name: str
    ok: bool
    found: str  # a version, a path, or why it is not there
    disables: str  # what does not work if it is missing
    required: bool = True  # without it, building or running modules is impossible


Check = Callable[[], Finding]
