"""Memory that ends, or begins, at an unmapped page: one byte too far is a fault, not luck."""

from __future__ import annotations

import ctypes
import mmap

PAGE = mmap.PAGESIZE
SIZE = 4 * PAGE


class EdgeMemory:
    """Four pages between two that cannot be touched."""

    def __init__(self) -> None:
        self._map = mmap.mmap(-1, SIZE + 2 * PAGE)
        start = ctypes.addressof(ctypes.c_char.from_buffer(self._map))
        protect = ctypes.CDLL(None).mprotect
        protect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        assert protect(start, PAGE, 0) == 0
        assert protect(start + PAGE + SIZE, PAGE, 0) == 0
        self.first = start + PAGE
        self.end = self.first + SIZE

    def at_end(self, content: bytes) -> int:
        """Places `content` so that the byte after it is unmapped; its address."""
        ctypes.memmove(self.end - len(content), content, len(content))
        return self.end - len(content)

    def at_start(self, content: bytes) -> int:
        """Places `content` so that the byte before it is unmapped; its address."""
        ctypes.memmove(self.first, content, len(content))
        return self.first
