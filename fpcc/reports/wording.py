"""How reports say things in words: sizes, places, what an access is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from passes.model import Access, Check, Location


def describe_access(access: Access) -> str:
    """What is touched and how: `write of 4 bytes`, `read of bytes counted at run time by memcpy`."""
    by = "" if access.operation in ("load", "store") else f" by {access.operation}"
    amount = count(access.size, "byte") if access.size else "bytes counted at run time"
    return f"{access.kind} of {amount}{by}"


def describe_check(check: Check) -> str:
    """What is touched and how, of an access in mode `pointer`."""
    amount = count(check.size, "byte") if check.size else "bytes counted at run time"
    return f"{check.kind} of {amount}"


def describe_place(location: Location) -> str:
    """`file:line:column`, as far as known."""
    if not location.file:
        return "unknown place"
    numbers = [number for number in (location.line, location.column) if number]
    return ":".join([location.file, *map(str, numbers)])


def split_moved_local(text: str) -> tuple[str, str, str]:
    """Function, name and reason of an entry of `Decisions.moved_locals`."""
    function, name, reason = (*text.split(":", 2), "", "")[:3]
    return function, name, reason.strip()


def count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or noun + 's'}"


def describe_checks(checks: Iterable[Check]) -> str:
    """What became of accesses in mode `pointer`: "12 checked, 3 proved, 1 of unknown origin"."""
    made = Counter(check.decision for check in checks)
    words = {"checked": "checked", "proved": "proved", "unknown": "of unknown origin"}
    return ", ".join(f"{made[decision]:,} {word}" for decision, word in words.items() if made[decision])
