"""sscanf() stores what the machine's C library stores, and stops where it stops."""

from __future__ import annotations

import ctypes
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.module.built_library import Library
from tests.module.test_streams import ABORT_STATUS, end_of

CELL = 256
CELLS = 8

lengths = st.sampled_from(["", "hh", "h", "l", "ll", "j", "z", "t"])
widths = st.one_of(st.just(""), st.integers(1, 12).map(str))
stars = st.sampled_from(["", "", "", "*"])
integer_items = st.builds("%{}{}{}{}".format, stars, widths, lengths, st.sampled_from("diouxX"))
real_items = st.builds("%{}{}{}{}".format, stars, widths, st.sampled_from(["", "l"]), st.sampled_from("efga"))
text_items = st.builds(
    "%{}{}{}".format,
    stars,
    widths,
    st.sampled_from(["s", "c", "[a-f]", "[^,]", "[]x]", "[^]]", "[-a]", "[0-9a-]"]),
)
literals = st.sampled_from([" ", ".", ",", "/", ":", "x", "%%", "%n"])
formats = st.lists(
    st.one_of(integer_items, real_items, text_items, literals), min_size=1, max_size=CELLS
).map("".join)
words = st.one_of(
    st.integers(-(2**70), 2**70).map(str),
    st.integers(0, 255).map(str),
    st.integers(0, 2**34).map(hex),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.text("abcf]x-0.9", max_size=8),
    st.sampled_from(["0x", "0xg", "1e", "1e+", "", "+", "-"]),
)
inputs = st.lists(
    st.one_of(words, st.sampled_from([" ", ".", ",", "/", ":", "x", "%", "\t"])), max_size=12
).map("".join)


def scan(library: ctypes.CDLL, text: str, format_text: str) -> tuple[int, bytes]:
    cells = ctypes.create_string_buffer(b"\xa5" * CELL * CELLS, CELL * CELLS)
    places = [ctypes.c_void_p(ctypes.addressof(cells) + i * CELL) for i in range(CELLS)]
    return library.sscanf(text.encode(), format_text.encode(), *places), cells.raw


def glibc_differs(text: str, format_text: str) -> bool:
    """Where glibc takes a prefix of a number that the C standard calls no number, or the other way."""
    reals = re.search("%[^%]*[efga]", format_text) is not None
    if "0x" in text.lower() and (reals or re.search(r"%\*?\d", format_text)):
        return True
    cut_exponent = reals and re.search("[0-9.][eE]|inf|nan|[iInN]", text)
    return cut_exponent is not None or re.search("0[xX](?![0-9a-fA-F])", text) is not None


@settings(max_examples=500)
@given(text=inputs, format_text=formats)
def test_anything(ours: Library, libc: ctypes.CDLL, text: str, format_text: str) -> None:
    if not glibc_differs(text, format_text):
        assert scan(ours, text, format_text) == scan(libc, text, format_text)


def test_reals(ours: Library) -> None:
    double, single = ctypes.c_double(), ctypes.c_float()
    places = [ctypes.byref(double), ctypes.byref(single)]
    assert ours.sscanf(b"-1.5e3x0x1p-2", b"%lfx%f", *places) == 2
    assert (double.value, single.value) == (-1500.0, 0.25)
    assert ours.sscanf(b"1e+ ", b"%lf", *places) == 0
    assert ours.sscanf(b"inf nan", b"%lf%f", *places) == 2
    assert double.value == float("inf") and single.value != single.value


def test_a_rule(ours: Library) -> None:
    octets = [ctypes.c_uint() for _ in range(4)]
    bits, action, used = ctypes.c_uint(), ctypes.create_string_buffer(8), ctypes.c_int()
    places = [ctypes.byref(place) for place in (*octets, bits)]
    line = b" 192.168.0.17/24   drop # comment"
    read = ours.sscanf(line, b"%u.%u.%u.%u/%u %7s%n", *places, action, ctypes.byref(used))
    assert (read, [o.value for o in octets], bits.value) == (6, [192, 168, 0, 17], 24)
    assert (action.value, used.value) == (b"drop", line.index(b" #"))


@pytest.mark.parametrize("text", ["%ms", "%ls", "%Lf", "%1$d", "%[abc", "%", "%y", "%ln"])
def test_a_conversion_that_is_not_offered_traps(ours: Library, text: str) -> None:
    place = ctypes.create_string_buffer(64)
    status, log = end_of(lambda: ours.sscanf(b"12", text.encode(), place))
    assert status == ABORT_STATUS
    assert log[0].startswith("0 sscanf: a conversion that ends in ")
