"""The files a command reads and writes, and a refusal of outputs that would take another one's place.

Two paths mean one file if they lead to the same device and inode, or, where nothing is yet, to the same
place. Devices, pipes and sockets hold nothing that could be lost: they may be named as often as one likes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fpcc.errors import InputError

_STREAMS = ("/dev/stdout", "/dev/stderr")  # whatever a shell has put behind them


@dataclass(frozen=True)
class FileUse:
    """A path, and what names it: an option, a key."""

    role: str
    path: Path

    def __str__(self) -> str:
        return f"{self.role} {self.path}"


def refuse_clashes(inputs: Iterable[FileUse], outputs: Iterable[FileUse]) -> None:
    """To be called before any output is opened. Raises InputError, which names both uses."""
    seen = {identity: use for use in inputs if (identity := _identify(use.path))}
    read = set(seen)
    for use in outputs:
        identity = _identify(use.path)
        if identity in seen:
            loss = "which would be lost" if identity in read else "and only one of them can have it"
            raise InputError(f"{use} is the same file as {seen[identity]}, {loss}: name another")
        if identity:
            seen[identity] = use


def _identify(path: Path) -> tuple[object, ...] | None:
    """None of what may be named twice."""
    if str(path) in _STREAMS:
        return None
    try:
        found = path.stat()
    except OSError:
        return (os.path.realpath(path),)
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
