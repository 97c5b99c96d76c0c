"""The user's cache: files that could be made again, by a name that tells all they were made from.

Nothing in a directory that someone else owns or may write is believed, and nothing is written there. Files
begin with their digest, so a damaged one is none. A cache that cannot be used is done without.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from fpcc.output_file import replace_file

_DIGEST = sha256().digest_size  # bytes before the contents


def read_cached(name: str) -> bytes | None:
    """The contents stored under the name, if they are there and as they were stored."""
    directory = _directory()
    try:
        if not _is_ours(directory):
            return None
        data = (directory / name).read_bytes()
    except OSError:
        return None
    contents = data[_DIGEST:]
    return contents if sha256(contents).digest() == data[:_DIGEST] else None


def store_cached(name: str, contents: bytes) -> None:
    """Keeps the contents under the name; readers see all of them or none."""
    directory = _directory()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(directory):
            return
    except OSError:
        return
    replace_file(directory / name, sha256(contents).digest() + contents, mode=0o600)


def _is_ours(directory: Path) -> bool:
    """Whether nobody else (but root) could have put a file there."""
    found = directory.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def _directory() -> Path:
    """$XDG_CACHE_HOME or ~/.cache, or a directory of this user's own among the temporary files."""
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("HOME") and f"{os.environ['HOME']}/.cache")
    if base:
        return Path(base) / "fastpaas"
    return Path(tempfile.gettempdir()) / f"fastpaas-{os.getuid()}"
