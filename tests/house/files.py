"""The files of the checkout that are ours: everything .gitignore does not name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]


def our_files(*patterns: str, repo: Path = REPO) -> list[Path]:
    """Paths relative to the checkout, sorted; with `patterns`, those that match one ("passes/*.py")."""
    paths = sorted(_walk(repo, [*_read_ignored(repo), "/.git"]))
    return [path for path in paths if not patterns or any(fnmatch(str(path), p) for p in patterns)]


def read(path: Path) -> str:
    return (REPO / path).read_text(encoding="utf-8")


def _read_ignored(repo: Path) -> list[str]:
    lines = (repo / ".gitignore").read_text(encoding="utf-8").split()
    return [line.rstrip("/") for line in lines if not line.startswith("#")]


def _walk(repo: Path, ignored: list[str]) -> Iterator[Path]:
    for directory, subdirectories, names in os.walk(repo):
        here = Path(directory).relative_to(repo)
        subdirectories[:] = [name for name in subdirectories if not _matches(here / name, ignored)]
        yield from (here / name for name in names if not _matches(here / name, ignored))


def _matches(path: Path, ignored: list[str]) -> bool:
    """As git: a pattern that begins with a slash is meant from the root of the checkout."""
    return any((Path("/") / path).match(pattern) for pattern in ignored)
