"""Files that fpcc makes for its user."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from fpcc.errors import InputError


def write_output(path: Path, data: bytes) -> None:
    """Who reads the file meanwhile sees all of it, or what was there before. Raises InputError."""
    try:
        if _can_be_replaced(path):
            _replace(path.resolve(), data)
        else:
            path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def _can_be_replaced(path: Path) -> bool:
    """Not a device or a pipe, nor what is read-only or in a directory where we may make no other file."""
    if path.exists() and not (path.is_file() and os.access(path, os.W_OK)):
        return False
    return os.access(path.resolve().parent, os.W_OK)


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".fpcc-{token_hex(8)}.tmp")
    try:
        temporary.write_bytes(data)
        with suppress(FileNotFoundError):
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
