"""Functions that read strings give what the machine's C library gives, and read no byte too far."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.module.built_library import Library
from tests.module.edge_memory import EdgeMemory

A, B = EdgeMemory(), EdgeMemory()

# Few letters, so that strings share prefixes and periods.
strings = st.one_of(
    st.text("abAB", max_size=40).map(str.encode),
    st.lists(st.integers(1, 255), max_size=80).map(bytes),
)
memories = st.one_of(strings, st.binary(max_size=200))
lengths = st.one_of(st.integers(0, 90), st.just(2**63))
characters = st.one_of(st.integers(0, 255), st.sampled_from(b"abAB"))

NUMBERS = {"n": lengths, "c": characters}

# Name and what follows the first string: s another string, n a limit, c a character.
STRING_FUNCTIONS = {
    "strlen": "",
    "strnlen": "n",
    "strcmp": "s",
    "strcoll": "s",
    "strncmp": "sn",
    "strcasecmp": "s",
    "strncasecmp": "sn",
    "strchr": "c",
    "strrchr": "c",
    "strchrnul": "c",
    "index": "c",
    "rindex": "c",
    "strstr": "s",
    "strcasestr": "s",
    "strspn": "s",
    "strcspn": "s",
    "strpbrk": "s",
}
POINTERS = frozenset("strchr strrchr strchrnul index rindex strstr strcasestr strpbrk memmem memrchr".split())
SIGNS = frozenset("strcmp strcoll strncmp strcasecmp strncasecmp bcmp".split())


def call(library: ctypes.CDLL, name: str, *arguments: int) -> int | None:
    """The result: a pointer as the offset from the first argument, a comparison as its sign."""
    function = library[name]
    function.argtypes = [ctypes.c_size_t] * len(arguments)
    function.restype = ctypes.c_int if name in SIGNS else ctypes.c_size_t
    result = int(function(*arguments))
    if name in SIGNS:
        return (result > 0) - (result < 0)
    if name in POINTERS:
        return result - arguments[0] if result else None
    return result


@pytest.mark.parametrize("name", STRING_FUNCTIONS)
@given(data=st.data(), texts=st.tuples(strings, strings))
def test_string_function(
    ours: Library, libc: ctypes.CDLL, name: str, data: st.DataObject, texts: tuple[bytes, bytes]
) -> None:
    text, other = texts
    arguments = [A.at_end(text + b"\0")]
    for kind in STRING_FUNCTIONS[name]:
        arguments.append(B.at_end(other + b"\0") if kind == "s" else data.draw(NUMBERS[kind]))
    assert call(ours, name, *arguments) == call(libc, name, *arguments)


@given(text=st.binary(max_size=60))
def test_strnlen_stops_at_its_limit(ours: Library, text: bytes) -> None:
    text = text.replace(b"\0", b"x")
    assert call(ours, "strnlen", A.at_end(text), len(text)) == len(text)


@given(text=st.binary(min_size=1, max_size=60), n=st.integers(0, 60))
def test_strncmp_stops_at_its_limit(ours: Library, text: bytes, n: int) -> None:
    text = text.replace(b"\0", b"x")
    first, second = A.at_end(text), B.at_end(text)
    assert call(ours, "strncmp", first, second, min(n, len(text))) == 0
    assert call(ours, "strncasecmp", first, second, min(n, len(text))) == 0


@given(data=st.data(), hay=memories, needle=memories)
def test_memmem(ours: Library, data: st.DataObject, hay: bytes, needle: bytes) -> None:
    if hay and data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(hay) - 1))
        needle = hay[start : data.draw(st.integers(start, len(hay)))]
    found = call(ours, "memmem", A.at_end(hay), len(hay), B.at_end(needle), len(needle))
    assert found == (hay.find(needle) if needle in hay else None)


@pytest.mark.parametrize("name", ["strstr", "strcasestr"])
@given(data=st.data(), period=st.text("ab", min_size=1, max_size=6))
def test_periodic_needles(
    ours: Library, libc: ctypes.CDLL, name: str, data: st.DataObject, period: str
) -> None:
    hay = list(period * data.draw(st.integers(2, 60)))
    for i in data.draw(st.lists(st.integers(0, len(hay) - 1), max_size=3)):
        hay[i] = "A"
    start = data.draw(st.integers(0, len(hay) - 1))
    needle = ("".join(hay)[start:] + period)[: data.draw(st.integers(1, len(hay)))]
    arguments = A.at_end("".join(hay).encode() + b"\0"), B.at_end(needle.encode() + b"\0")
    assert call(ours, name, *arguments) == call(libc, name, *arguments)


@given(memory=memories, byte=characters)
def test_memrchr(ours: Library, memory: bytes, byte: int) -> None:
    found = call(ours, "memrchr", A.at_start(memory), byte, len(memory))
    assert found == (memory.rfind(byte) if byte in memory else None)


@given(a=memories, b=memories)
def test_bcmp(ours: Library, a: bytes, b: bytes) -> None:
    n = min(len(a), len(b))
    assert bool(call(ours, "bcmp", A.at_end(a[:n]), B.at_end(b[:n]), n)) == (a[:n] != b[:n])
