"""Standard output for reports: whatever the terminal's encoding, and whoever stops reading."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

READER_LEFT = 128 + signal.SIGPIPE


@contextmanager
def open_output() -> Iterator[TextIO]:
    """The stream to write to. What it cannot encode becomes "?"; if its reader leaves, so do we, quietly."""
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")
    try:
        yield out
        out.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at exit; give it somewhere to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(READER_LEFT) from None
