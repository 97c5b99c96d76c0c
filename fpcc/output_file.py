"""Files that fpcc makes for its user."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from fpcc.errors import InputError


def write_output(path: Path, data: bytes) -> None:
    """Who reads the file meanwhile sees all of it, or what was there before. Raises InputError.

    That is so for plain files of our own; devices, pipes, links and files of others are written to.
    """
    try:
        if not (_can_be_replaced(path) and replace_file(path, data)):
            path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def _can_be_replaced(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return True
    is_ours = found.st_uid == os.geteuid() and os.access(path, os.W_OK)
    return is_ours and stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _copy_rights(path: Path, handle: int) -> None:
    with suppress(FileNotFoundError):
        os.fchmod(handle, stat.S_IMODE(path.stat().st_mode))


def replace_file(path: Path, data: bytes, mode: int = 0o666) -> bool:
    """Puts a new file there at once, with this mode (less the umask), or that of the file it replaces.

    False where the directory does not allow it, or the file is a mount.
    """
    temporary = path.with_name(f".fpcc-{token_hex(8)}.tmp")
    try:
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(handle, "wb") as file:
            _copy_rights(path, handle)
            file.write(data)
        temporary.replace(path)
    except OSError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True
