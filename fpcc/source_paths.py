"""How a source's path is spelled in IR, decisions and reports: the same in any directory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PathMap:
    """The spelling clang gets for a source, and the prefixes that are replaced in every path it writes."""

    spelled: str
    prefixes: tuple[tuple[str, str], ...]

    def name(self, path: str) -> str:
        """`path`, as clang writes it after -ffile-prefix-map: the last prefix that fits is replaced."""
        for old, new in reversed(self.prefixes):
            if path.startswith(old):
                return new + path[len(old) :]
        return path


def map_paths(source: Path, fixed: tuple[tuple[str, str], ...] = ()) -> PathMap:
    """Below the current directory, paths lose it; a source elsewhere loses its own directory.

    `fixed` are further prefixes, which win. A prefix with "=" is left out: clang would split it there.
    """
    is_fixed = any(str(source).startswith(old) for old, _ in fixed)
    spelled = str(source) if is_fixed else spell_path(str(source))
    if spelled.startswith("-"):
        spelled = f"./{spelled}"  # clang would take it for a flag
    prefixes = [("./", ""), (_here(), "")]
    if spelled.startswith(("/", "../")):
        prefixes.insert(0, (f"{os.path.dirname(spelled)}/", ""))
    return PathMap(spelled, tuple(pair for pair in (*prefixes, *fixed) if "=" not in pair[0]))


def spell_path(path: str) -> str:
    """`path`, relative if it is below the current directory."""
    return path.removeprefix(_here()) or "."


def spell_argument(word: str) -> str:
    """One of clang's arguments with the path in it spelled so: -I/here/inc, or the value of -include."""
    flag = "-I" if word.startswith("-I") else ""
    return flag + spell_path(word.removeprefix(flag)) if word.startswith(flag + _here()) else word


def _here() -> str:
    return f"{os.getcwd().rstrip('/')}/"
