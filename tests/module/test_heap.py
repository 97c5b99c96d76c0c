"""The allocator under random traces: blocks never overlap or lose their content, all memory comes back."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.module.built_library import Library, close_copy, load_copy
from tests.module.test_streams import ABORT_STATUS, end_of

KIB = 1024
HEADER = 16
sizes = st.one_of(
    st.integers(0, 80),
    st.integers(0, 1100),
    st.integers(0, 40 * KIB),
    st.integers(0, 700 * KIB),
    st.sampled_from([2**31, 2**32, 2**63 - 1, 2**64 - 1, 2**64 - 17]),
)
aligns = st.sampled_from([8, 16, 32, 64, 256, 4096, 65536])
picks = st.integers(0, 10**6)
operations = st.one_of(
    st.tuples(st.just("malloc"), sizes, st.just(0)),
    st.tuples(st.just("malloc"), sizes, st.just(0)),
    st.tuples(st.just("calloc"), sizes, st.integers(0, 5)),
    st.tuples(st.just("realloc"), sizes, picks),
    st.tuples(st.just("free"), st.just(0), picks),
    st.tuples(st.just("free"), st.just(0), picks),
    st.tuples(st.just("align"), sizes, aligns),
)


class Heap:
    """A fresh heap of `size` bytes and a model of what lives in it: address to content."""

    def __init__(self, library: Library, size: int) -> None:
        self.library = library
        self.size = size
        ctypes.c_size_t.in_dll(library, "test_heap_bytes").value = size
        library.fp_heap_start.restype = ctypes.c_size_t
        self.start: int = library.fp_heap_start()
        self.live: dict[int, bytes] = {}
        self._stamp = 0

    def call(self, name: str, *arguments: int) -> int:
        function = self.library[name]
        function.argtypes = [ctypes.c_size_t] * len(arguments)
        function.restype = ctypes.c_size_t
        return int(function(*arguments))

    def fill(self, at: int, size: int) -> None:
        """Claims [at, at + size) with content of its own."""
        assert at % 16 == 0
        assert self.start <= at and at + size <= self.start + self.size
        assert self.call("malloc_usable_size", at) >= size
        self._stamp = self._stamp % 251 + 1
        content = bytes([self._stamp]) * size
        ctypes.memmove(at, content, size)
        self.live[at] = content

    def check(self, at: int) -> None:
        content = self.live[at]
        assert ctypes.string_at(at, len(content)) == content

    def allocate(self, name: str, size: int, more: int) -> None:
        if name == "malloc":
            at = self.call("malloc", size)
        elif name == "align":
            at = self.call("memalign", more, size)
            assert at % more == 0
        else:
            at = self.call("calloc", more, size)
            size *= more
            assert not at or ctypes.string_at(at, size) == bytes(size)
        if at:
            self.fill(at, size)

    def pick(self, number: int) -> int:
        return list(self.live)[number % len(self.live)] if self.live else 0

    def reallocate(self, size: int, number: int) -> None:
        old = self.pick(number)
        at = self.call("realloc", old, size)
        if not at:
            return
        content = self.live.pop(old, b"")[:size]
        assert ctypes.string_at(at, len(content)) == content
        self.fill(at, size)

    def free(self, number: int) -> None:
        at = self.pick(number)
        if at:
            self.check(at)
            del self.live[at]
        self.call("free", at)

    def run(self, operation: tuple[str, int, int]) -> None:
        name, size, more = operation
        if name == "free":
            self.free(more)
        elif name == "realloc":
            self.reallocate(size, more)
        else:
            self.allocate(name, size, more)

    def free_all(self) -> None:
        while self.live:
            self.free(len(self.live) // 2)


@contextmanager
def fresh_heap(path: Path, size: int) -> Iterator[Heap]:
    library = load_copy(path)
    yield Heap(library, size)
    assert library.undefined() == ""
    close_copy(library)


@settings(max_examples=100)
@given(
    trace=st.lists(operations, max_size=120), size=st.sampled_from([4 * KIB, 64 * KIB, 256 * KIB, 2048 * KIB])
)
def test_traces(library_file: Path, trace: list[tuple[str, int, int]], size: int) -> None:
    with fresh_heap(library_file, size) as heap:
        for operation in trace:
            heap.run(operation)
        for at in heap.live:
            heap.check(at)
        assert no_overlap(heap.live)
        heap.free_all()
        # All of it but the two outermost headers is one block again, and is clean if asked for clean.
        heap.allocate("calloc", size - 2 * HEADER, 1)
        assert len(heap.live) == 1


def no_overlap(live: dict[int, bytes]) -> bool:
    ends = sorted((at, at + len(content)) for at, content in live.items())
    return all(end <= start for (_, end), (start, _) in zip(ends, ends[1:], strict=False))


@pytest.mark.parametrize("size", [16, 24, 100, 512, 1024, 1025, 5000, 40000])
def test_exhaustion_is_null_and_overhead_is_small(library_file: Path, size: int) -> None:
    with fresh_heap(library_file, 1024 * KIB) as heap:
        heap.library.clear_errno()
        blocks = []
        while at := heap.call("malloc", size):
            blocks.append(at)
        assert heap.library.errno() == 12
        rounded = max(16, -(-size // 16) * 16)
        spread = -(-rounded // 4) if 128 < size <= 1024 else 0  # four classes for each power of two
        assert len(blocks) * (rounded + spread + HEADER) > 0.96 * heap.size
        assert size > 1024 or len(blocks) * (rounded + spread) > 0.90 * heap.size
        for at in blocks[::2] + blocks[1::2]:
            heap.call("free", at)
        assert heap.call("malloc", heap.size - 2 * HEADER)


def test_sizes_that_cannot_be(library_file: Path) -> None:
    with fresh_heap(library_file, 64 * KIB) as heap:
        heap.library.clear_errno()
        assert heap.call("calloc", 2**33, 2**33) == 0
        assert heap.call("reallocarray", 0, 2**33, 2**33) == 0
        assert heap.library.errno() == 12
        assert heap.call("aligned_alloc", 48, 100) == 0
        assert heap.library.errno() == 22


def test_posix_memalign(library_file: Path) -> None:
    with fresh_heap(library_file, 256 * KIB) as heap:
        cell = ctypes.c_size_t(5)
        where = ctypes.addressof(cell)
        heap.library.clear_errno()
        assert [heap.call("posix_memalign", where, align, 10) for align in (0, 4, 24)] == [22] * 3
        assert heap.call("posix_memalign", where, 64, 2**40) == 12
        assert (cell.value, heap.library.errno()) == (5, 0)
        assert heap.call("posix_memalign", where, 1024, 10) == 0
        assert cell.value % 1024 == 0 and cell.value


def test_realloc_grows_where_it_lies(library_file: Path) -> None:
    with fresh_heap(library_file, 4096 * KIB) as heap:
        at = heap.call("malloc", 2000)
        assert all(heap.call("realloc", at, size) == at for size in (3000, 100_000, 2_000_000, 1500))


def test_calloc_does_not_touch_memory_that_is_still_zero(library_file: Path) -> None:
    with fresh_heap(library_file, 64 * KIB * KIB) as heap:
        before = resident_kib()
        assert heap.call("calloc", 1, 48 * KIB * KIB)
        assert resident_kib() - before < 16 * KIB


def resident_kib() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4


@pytest.mark.parametrize("size", [20, 1000, 5000])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("twice", "double free"),
        ("inside", "did not return"),
        ("outside", "did not return"),
        ("realloc", "double free"),
    ],
)
def test_misuse_is_named(library_file: Path, size: int, fault: str, said: str) -> None:
    with fresh_heap(library_file, 1024 * KIB) as heap:
        at = heap.call("malloc", size)
        heap.call("malloc", size)

        def run() -> None:
            if fault in ("twice", "realloc"):
                heap.call("free", at)
            if fault == "realloc":
                heap.call("realloc", at, 2 * size)
            heap.call("free", {"inside": at + 8, "outside": ctypes.addressof(ctypes.c_int())}.get(fault, at))

        status, log = end_of(run)
        assert status == ABORT_STATUS
        assert said in log[0]


def test_an_overrun_is_named_when_the_block_is_freed(library_file: Path) -> None:
    with fresh_heap(library_file, 1024 * KIB) as heap:
        at = heap.call("malloc", 3000)
        heap.call("malloc", 3000)
        ctypes.memset(at, 0x41, heap.call("malloc_usable_size", at) + 8)
        status, log = end_of(lambda: heap.call("free", at))
        assert status == ABORT_STATUS
        assert "write past the end" in log[0]
