"""How a source's path is spelled in IR, decisions and reports: the same in any directory, and its alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_WITH_PATH = ("-I", "-isystem", "-iquote", "-idirafter")  # arguments that name a directory of headers

Prefix = tuple[str, str]  # what a path begins with, and what stands there instead


@dataclass(frozen=True)
class PathMap:
    """The spelling clang gets for a source, and the prefixes that are replaced in every path it writes."""

    spelled: str
    prefixes: tuple[Prefix, ...]

    def name(self, path: str) -> str:
        """`path`, as clang writes it after -ffile-prefix-map: the last prefix that fits is replaced."""
        for old, new in reversed(self.prefixes):
            if path.startswith(old):
                return new + path[len(old) :]
        return path


def map_paths(
    sources: Sequence[Path], arguments: Sequence[str] = (), fixed: Sequence[Prefix] = ()
) -> tuple[PathMap, ...]:
    """The map of each source of a build; `arguments` are clang's, `fixed` are prefixes that win.

    Below the current directory, paths lose it. Sources elsewhere lose what their directories have in common:
    with a single one all of it; beside sources from here they are named as seen from here. Directories of
    headers elsewhere, given by absolute paths, keep their last component. A prefix with "=" is left out:
    clang would split it there.
    """
    spelled = [_spell_source(source, fixed) for source in sources]
    elsewhere = [path for path in spelled if path.startswith(("/", "../"))]
    directories = list(dict.fromkeys(os.path.dirname(path) for path in elsewhere))
    seen_from_here = elsewhere != spelled
    root = os.getcwd() if seen_from_here else os.path.commonpath(list(map(os.path.abspath, directories)))
    own = [(_as_prefix(place), _relative(place, root)) for place in directories]
    prefixes = {**dict(_name_headers(arguments, root)), **dict(own), "./": "", _here(): ""}
    longest_last = sorted(prefixes.items(), key=lambda pair: len(pair[0]))
    usable = tuple(pair for pair in (*longest_last, *fixed) if "=" not in pair[0])
    return tuple(PathMap(path, usable) for path in spelled)


def spell_path(path: str) -> str:
    """`path`, relative if it is below the current directory."""
    return path.removeprefix(_here()) or "."


def spell_argument(word: str) -> str:
    """One of clang's arguments with the path in it spelled so: -I/here/inc, or the value of -include."""
    flag = "-I" if word.startswith("-I") else ""
    return flag + spell_path(word.removeprefix(flag)) if word.startswith(flag + _here()) else word


def _spell_source(source: Path, fixed: Sequence[Prefix]) -> str:
    is_fixed = any(str(source).startswith(old) for old, _ in fixed)
    spelled = str(source) if is_fixed else spell_path(str(source))
    return f"./{spelled}" if spelled.startswith("-") else spelled  # clang would take it for a flag


def _name_headers(arguments: Sequence[str], root: str) -> Iterator[Prefix]:
    """What to call the absolute directories of headers that have no name by the sources' own prefixes."""
    taken: list[str] = []
    for place in dict.fromkeys(os.path.normpath(place) for place in _header_directories(arguments)):
        if _holds(place, os.getcwd()):
            yield _as_prefix(place), _relative(place, os.getcwd())
        elif _holds(root, place) or _holds(place, root):
            yield _as_prefix(place), _relative(place, root)
        else:
            taken.append(os.path.basename(place))
            number = taken.count(taken[-1])
            yield _as_prefix(place), f"{taken[-1]}/" if number == 1 else f"{taken[-1]}-{number}/"


def _header_directories(arguments: Sequence[str]) -> Iterator[str]:
    """The absolute ones, in their order; of a header that a flag includes, its own."""
    flag = ""
    for word in map(spell_argument, arguments):
        path = word if flag else word.removeprefix("-I")
        if path.startswith("/") and (flag or word.startswith("-I")):
            yield os.path.dirname(path) if flag == "-include" else path
        flag = word if word in (*_WITH_PATH, "-include") else ""


def _relative(place: str, root: str) -> str:
    relative = os.path.relpath(place, root)
    return "" if relative == "." else f"{relative}/"


def _holds(outer: str, inner: str) -> bool:
    return f"{inner}/".startswith(_as_prefix(outer))


def _as_prefix(place: str) -> str:
    return f"{place.rstrip('/')}/"


def _here() -> str:
    return _as_prefix(os.getcwd())
