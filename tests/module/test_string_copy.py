"""Functions that write strings and memory leave the same bytes as the machine's C library, and no others."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.module.built_library import Library
from tests.module.edge_memory import EdgeMemory

FROM, OURS, THEIRS = EdgeMemory(), EdgeMemory(), EdgeMemory()
ROOM = 96
strings = st.lists(st.integers(1, 255), max_size=40).map(bytes)


def run(library: ctypes.CDLL, name: str, memory: EdgeMemory, before: bytes, *rest: int) -> tuple[int, bytes]:
    """Calls name(memory, rest...) on memory that holds `before`: the result as an offset, the bytes after."""
    to = memory.at_end(before)
    function = library[name]
    function.argtypes = [ctypes.c_size_t] * (1 + len(rest))
    function.restype = ctypes.c_size_t
    result = int(function(to, *rest))
    return (result - to if result > ROOM else result), ctypes.string_at(to, len(before))


def lay_out(old: bytes, needed: int) -> bytes:
    """`old` with its NUL and exactly as many other bytes behind it as the call may write."""
    return (old + b"\0" + b"\xa5" * ROOM)[: max(needed, len(old) + 1)]


@pytest.mark.parametrize("name", ["strcpy", "stpcpy"])
@given(text=strings)
def test_copy(ours: Library, libc: ctypes.CDLL, name: str, text: bytes) -> None:
    before = lay_out(b"", len(text) + 1)
    source = FROM.at_end(text + b"\0")
    assert run(ours, name, OURS, before, source) == run(libc, name, THEIRS, before, source)


@pytest.mark.parametrize("name", ["strncpy", "stpncpy"])
@given(text=strings, n=st.integers(0, 60))
def test_copy_with_limit(ours: Library, libc: ctypes.CDLL, name: str, text: bytes, n: int) -> None:
    before = lay_out(b"", n)
    source = FROM.at_end(text + b"\0")
    assert run(ours, name, OURS, before, source, n) == run(libc, name, THEIRS, before, source, n)


@given(old=strings, text=strings, n=st.integers(0, 60))
def test_append(ours: Library, libc: ctypes.CDLL, old: bytes, text: bytes, n: int) -> None:
    before = lay_out(old, len(old) + len(text) + 1)
    source = FROM.at_end(text + b"\0")
    assert run(ours, "strcat", OURS, before, source) == run(libc, "strcat", THEIRS, before, source)
    before = lay_out(old, len(old) + min(n, len(text)) + 1)
    assert run(ours, "strncat", OURS, before, source, n) == run(libc, "strncat", THEIRS, before, source, n)


@given(text=strings, room=st.integers(0, 50))
def test_strlcpy(ours: Library, text: bytes, room: int) -> None:
    length, after = run(ours, "strlcpy", OURS, b"\xa5" * room, FROM.at_end(text + b"\0"), room)
    assert length == len(text)
    assert room == 0 or after[: min(room - 1, len(text)) + 1] == text[: room - 1] + b"\0"


@given(old=strings, text=strings, room=st.integers(0, 90))
def test_strlcat(ours: Library, old: bytes, text: bytes, room: int) -> None:
    before = (old + b"\0" + b"\xa5" * ROOM)[:room]
    length, after = run(ours, "strlcat", OURS, before, FROM.at_end(text + b"\0"), room)
    assert length == min(len(old), room) + len(text)
    if room > len(old):
        whole = (old + text)[: room - 1]
        assert after[: len(whole) + 1] == whole + b"\0"
    else:
        assert after == before


@given(content=st.binary(max_size=ROOM), byte=st.integers(0, 255))
def test_memory_copies(ours: Library, libc: ctypes.CDLL, content: bytes, byte: int) -> None:
    before = b"\xa5" * len(content)
    source = FROM.at_end(content)
    size = len(content)
    assert run(ours, "mempcpy", OURS, before, source, size) == run(
        libc, "mempcpy", THEIRS, before, source, size
    )
    mine = run(ours, "memccpy", OURS, before, source, byte, size)
    assert mine == run(libc, "memccpy", THEIRS, before, source, byte, size)
    for name in ("bzero", "explicit_bzero"):
        assert run(ours, name, OURS, content, size)[1] == bytes(size)
    to = OURS.at_end(before)
    ours.bcopy(ctypes.c_size_t(source), ctypes.c_size_t(to), ctypes.c_size_t(size))
    assert ctypes.string_at(to, size) == content


@given(text=st.text("a,;b", max_size=30), separators=st.text(",;", max_size=3))
def test_tokens(ours: Library, libc: ctypes.CDLL, text: str, separators: str) -> None:
    def tokens(library: ctypes.CDLL, name: str) -> list[bytes]:
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_char_p()
        start: ctypes.Array[ctypes.c_char] | None = buffer
        getattr(library, name).restype = ctypes.c_char_p
        found = []
        while token := getattr(library, name)(start, separators.encode(), ctypes.byref(rest)):
            found.append(token)
            start = None
        return found

    assert tokens(ours, "strtok_r") == tokens(libc, "strtok_r") == tokens(ours, "strtok")


@given(text=st.text("a,;b", max_size=30), separators=st.text(",;", max_size=3))
def test_strsep(ours: Library, libc: ctypes.CDLL, text: str, separators: str) -> None:
    def parts(library: ctypes.CDLL) -> list[bytes]:
        rest = ctypes.cast(ctypes.create_string_buffer(text.encode()), ctypes.c_char_p)
        library.strsep.restype = ctypes.c_char_p
        found = []
        while (part := library.strsep(ctypes.byref(rest), separators.encode())) is not None:
            found.append(part)
        return found

    assert parts(ours) == parts(libc)


@given(text=strings, limit=st.integers(0, 60))
def test_duplicates(ours: Library, text: bytes, limit: int) -> None:
    for name, expected in (("strdup", text), ("strndup", text[:limit])):
        getattr(ours, name).restype = ctypes.c_void_p
        copy = getattr(ours, name)(ctypes.c_size_t(FROM.at_end(text + b"\0")), ctypes.c_size_t(limit))
        assert ctypes.string_at(copy) == expected
        ours.free(ctypes.c_void_p(copy))


def test_error_texts(ours: Library, libc: ctypes.CDLL) -> None:
    for library in (ours, libc):
        library.strerror.restype = ctypes.c_char_p
    known = [n for n in range(200) if ours.strerror(n) != b"Unknown error"]
    assert [ours.strerror(n) for n in known] == [libc.strerror(n) for n in known]
    assert {0, 12, 22, 34} <= set(known)
