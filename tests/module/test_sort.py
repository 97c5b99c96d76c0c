"""qsort() sorts, for any order a comparison may claim stays inside the array, and bsearch() finds."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.module.built_library import Library
from tests.module.edge_memory import EdgeMemory

MEMORY = EdgeMemory()
COMPARE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_size_t, ctypes.c_size_t)
COMPARE_IN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t)


def sort(library: Library, items: list[bytes], size: int) -> list[bytes]:
    """The items after qsort() by memcmp(), laid out so that a byte too far faults."""

    @COMPARE
    def by(a: int, b: int) -> int:
        x, y = ctypes.string_at(a, size), ctypes.string_at(b, size)
        return (x > y) - (x < y)

    base = MEMORY.at_end(b"".join(items))
    library.qsort(ctypes.c_size_t(base), ctypes.c_size_t(len(items)), ctypes.c_size_t(size), by)
    return [ctypes.string_at(base + i * size, size) for i in range(len(items))]


@given(data=st.data(), size=st.sampled_from([1, 2, 3, 4, 7, 8, 12, 16, 24, 40]))
def test_sorts(ours: Library, data: st.DataObject, size: int) -> None:
    items = data.draw(st.lists(st.binary(min_size=size, max_size=size), max_size=120))
    assert sort(ours, items, size) == sorted(items)


@pytest.mark.parametrize("shape", ["rising", "falling", "equal", "organ", "sawtooth"])
def test_shapes_that_ruin_a_plain_quicksort(ours: Library, shape: str) -> None:
    n = 2000
    numbers = {
        "rising": list(range(n)),
        "falling": list(range(n, 0, -1)),
        "equal": [7] * n,
        "organ": [min(i, n - i) for i in range(n)],
        "sawtooth": [i % 13 for i in range(n)],
    }[shape]
    compared = 0

    @COMPARE_IN
    def by(a: int, b: int, context: int) -> int:
        nonlocal compared
        compared += 1
        assert context == 99
        return ctypes.c_int.from_address(a).value - ctypes.c_int.from_address(b).value

    array = (ctypes.c_int * n)(*numbers)
    ours.qsort_r(array, ctypes.c_size_t(n), ctypes.c_size_t(4), by, ctypes.c_size_t(99))
    assert list(array) == sorted(numbers)
    assert compared < 4 * n * n.bit_length()


@settings(max_examples=50)
@given(answers=st.lists(st.integers(-1, 1), min_size=1, max_size=50), n=st.integers(0, 300))
def test_an_order_that_contradicts_itself_only_permutes(ours: Library, answers: list[int], n: int) -> None:
    items = [i.to_bytes(2, "big") for i in range(n)]
    turn = 0

    @COMPARE
    def by(a: int, b: int) -> int:
        nonlocal turn
        turn += 1
        assert MEMORY.end - 2 * n <= min(a, b) and max(a, b) < MEMORY.end
        return answers[turn % len(answers)]

    base = MEMORY.at_end(b"".join(items))
    ours.qsort(ctypes.c_size_t(base), ctypes.c_size_t(n), ctypes.c_size_t(2), by)
    assert sorted(ctypes.string_at(base + 2 * i, 2) for i in range(n)) == items


@given(
    items=st.lists(st.binary(min_size=3, max_size=3), max_size=40, unique=True),
    key=st.binary(min_size=3, max_size=3),
)
def test_bsearch(ours: Library, items: list[bytes], key: bytes) -> None:
    items = sorted(items)

    @COMPARE
    def by(a: int, b: int) -> int:
        x, y = ctypes.string_at(a, 3), ctypes.string_at(b, 3)
        return (x > y) - (x < y)

    base = MEMORY.at_end(b"".join(items))
    ours.bsearch.restype = ctypes.c_size_t
    for wanted in [key, *items]:
        found = ours.bsearch(
            wanted, ctypes.c_size_t(base), ctypes.c_size_t(len(items)), ctypes.c_size_t(3), by
        )
        assert found == (base + 3 * items.index(wanted) if wanted in items else 0)
