"""Programs that a test starts and interrupts."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_heeded() -> Iterator[None]:
    """What is started meanwhile does not inherit that interrupts are ignored, as in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
