"""The modes: what each asks to be guarded. A new mode is a row here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mode:
    """One row: `guarded` are the kinds of access a guard must confine; `hardened` asks for all other rules;
    `zeroed` are the bytes a local on the native stack may have, which is then cleared on entry (0: any, not
    cleared), so that what others left there cannot be read; `bounded` asks for checks of every access against
    the object its pointer belongs to, on top of all else (passes/bounds/)."""

    name: str
    guarded: frozenset[str]
    hardened: bool
    zeroed: int = 0
    bounded: bool = False


MODES = {
    mode.name: mode
    for mode in (
        Mode("none", frozenset(), hardened=False),
        Mode("wonly", frozenset({"write", "update"}), hardened=True),
        Mode("rw", frozenset({"read", "write", "update"}), hardened=True, zeroed=128),
        Mode("pointer", frozenset({"read", "write", "update"}), hardened=True, zeroed=128, bounded=True),
    )
}
