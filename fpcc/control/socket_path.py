"""Where the control socket is if nobody says: in a directory that is only this user's.

$XDG_RUNTIME_DIR/fastpaas/control; without that variable /run/fastpaas/control for root, and
/tmp/fastpaas-UID/control for others.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from fpcc.errors import InputError


def default_socket() -> Path:
    """The path; nothing is made."""
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(runtime, "fastpaas", "control")
    if os.getuid() == 0:
        return Path("/run/fastpaas/control")
    return Path(tempfile.gettempdir(), f"fastpaas-{os.getuid()}", "control")


def make_directory(directory: Path) -> None:
    """Makes it, for this user only. Raises InputError if others could change what is in it."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = directory.lstat()
    except OSError as error:
        raise InputError(f"{directory}: {error.strerror}; choose another place with --control") from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise InputError(
            f"{directory}: not a directory that only you can write to, so no place for the control socket\n"
            "    remove it, or choose another place with --control"
        )
