"""Functions that are not checked because they reach beyond objects on purpose: the allocator, strlen().

Until the program is instrumented they have to stay what they are called: a copy of malloc() that has lost
its argument, or has become part of its caller, would no longer tell what it allocates.
"""

from __future__ import annotations

import re

MARK = "disable_sanitizer_instrumentation"
_GROUP = re.compile(rf"^attributes (#\d+) = \{{[^\n]*\b{MARK}\b", re.MULTILINE)
_DEFINITION = re.compile(r"^define (?:internal )?(.*?)(?= (#\d+)(?: |$))", re.MULTILINE)
_PINNED = "noinline optnone"


def exempt_groups(text: str) -> set[str]:
    """Attribute groups of the module's exempt functions."""
    return set(_GROUP.findall(text))


def pin_exempt(text: str) -> str:
    """The linked module with its exempt functions kept from the optimiser, which sees callers it cannot."""
    groups = exempt_groups(text)

    def pin(found: re.Match[str]) -> str:
        return f"define {found[1]} {_PINNED}" if found[2] in groups else found[0]

    return _DEFINITION.sub(pin, text)
