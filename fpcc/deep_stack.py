"""Calls into libclang on a stack that deeply nested sources do not exhaust.

libclang recurses as deep as expressions nest, and an overflow would end the process. It would also start a
thread of its own, with a small stack, unless told not to.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_STACK = 512 << 20  # bytes of address space; memory only as far as it is used
_OWN_THREADS_OFF = "LIBCLANG_NOTHREADS"

Result = TypeVar("Result")


def call_deep(function: Callable[[], Result]) -> Result:
    """What `function` returns or raises, run on the deep stack."""
    os.environ[_OWN_THREADS_OFF] = "1"
    before = threading.stack_size(_STACK)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(function).result()
    finally:
        threading.stack_size(before)
