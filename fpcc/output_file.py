"""Files that fpcc makes for its user."""

from __future__ import annotations

from pathlib import Path

from fpcc.errors import InputError


def write_output(path: Path, data: bytes) -> None:
    """Raises InputError if it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
