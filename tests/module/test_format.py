"""snprintf() prints what the machine's C library prints, byte for byte, but where that is wrong."""

from __future__ import annotations

import ctypes
import math
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.module.built_library import Library

Argument = Any  # a ctypes value
Piece = tuple[str, list[Argument]]
ROOM = 4096
_REAL = re.compile(r"%([-+ #0]*)\d*(?:\.(\d*))?[gG]")

flags = st.lists(st.sampled_from("-+ #0"), max_size=3).map("".join)
widths = st.one_of(st.just(""), st.integers(1, 40).map(str))
precisions = st.one_of(st.just(""), st.just("."), st.integers(0, 40).map(lambda n: f".{n}"))
words = st.one_of(
    st.integers(-(2**63), 2**63 - 1), st.integers(-300, 300), st.sampled_from([2**31, -(2**63)])
)
reals = st.one_of(
    st.floats(),
    st.floats(-1e6, 1e6),
    st.integers(-(10**6), 10**6).map(lambda n: n / 64),  # ties
    st.integers(-20, 20).map(lambda n: 10.0**n),
    st.sampled_from([0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 9.5, 0.5, 99999.95]),
)


@st.composite
def integer_pieces(draw: st.DrawFn) -> Piece:
    length = draw(st.sampled_from(["", "hh", "h", "l", "ll", "j", "z", "t"]))
    kind = ctypes.c_int if length in ("", "h", "hh") else ctypes.c_int64
    spec = draw(flags) + draw(widths) + draw(precisions) + length + draw(st.sampled_from("diouxX"))
    return f"%{spec}", [kind(draw(words))]


@st.composite
def real_pieces(draw: st.DrawFn) -> Piece:
    spec = draw(flags) + draw(widths) + draw(precisions) + draw(st.sampled_from("eEfFgGaA"))
    return f"%{spec}", [ctypes.c_double(draw(reals))]


@st.composite
def text_pieces(draw: st.DrawFn) -> Piece:
    text = draw(st.text("abc%\n", max_size=20)).encode()
    left = draw(st.sampled_from(["", "-"]))
    kind = draw(st.sampled_from("sc"))
    if kind == "c":
        return f"%{left}{draw(widths)}c", [ctypes.c_int(draw(st.integers(1, 255)))]
    return f"%{left}{draw(widths)}{draw(precisions)}s", [ctypes.c_char_p(text)]


@st.composite
def star_pieces(draw: st.DrawFn) -> Piece:
    numbers = [ctypes.c_int(draw(st.integers(-30, 30))) for _ in range(2)]
    return "%*.*d", [*numbers, ctypes.c_int(draw(st.integers(-999, 999)))]


plain: st.SearchStrategy[Piece] = st.text("xyz \t", max_size=5).map(lambda text: (text, []))
others = st.sampled_from([("%%", []), ("%p", [ctypes.c_void_p(0x1234)]), ("%p", [ctypes.c_void_p(0)])])
null = st.sampled_from([("%s|%.3s|%.6s", [ctypes.c_char_p(None)] * 3)])
pieces = st.one_of(integer_pieces(), real_pieces(), text_pieces(), star_pieces(), plain, others, null)


def print_to(library: ctypes.CDLL, room: int, parts: list[Piece]) -> tuple[int, bytes]:
    """What snprintf() returns and leaves in a buffer of ROOM bytes when told it has `room`."""
    buffer = ctypes.create_string_buffer(b"\xa5" * ROOM, ROOM)
    format_text = "".join(text for text, _ in parts).encode()
    values = [value for _, given_values in parts for value in given_values]
    returned = library.snprintf(buffer, ctypes.c_size_t(room), format_text, *values)
    return returned, buffer.raw


def libc_errs(piece: Piece) -> bool:
    """Whether rounding gives a real one digit more than `%#g` has: glibc 2.36 then leaves out its zeros."""
    text, values = piece
    found = _REAL.fullmatch(text)
    if found is None or "#" not in found[1] or not math.isfinite(values[0].value) or not values[0].value:
        return False
    digits = 6 if found[2] is None else max(int(found[2] or 0), 1)
    exponent = int(f"{values[0].value:.{digits - 1}e}".partition("e")[2])
    return exponent == digits > Decimal(values[0].value).adjusted()


@settings(max_examples=600)
@given(parts=st.lists(pieces, max_size=12), room=st.one_of(st.just(ROOM), st.integers(0, 60)))
def test_anything(ours: Library, libc: ctypes.CDLL, parts: list[Piece], room: int) -> None:
    assume(not any(map(libc_errs, parts)))
    assert print_to(ours, room, parts) == print_to(libc, room, parts)


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("%#g", 999999.5, "1.00000e+06"),
        ("%#.3g", -999.5, "-1.00e+03"),
        ("%#012G", 999999.96, "01.00000E+06"),
        ("%#.2g", 99.5, "1.0e+02"),
        ("%#g", 9.9999999e-5, "0.000100000"),
    ],
)
def test_zeros_are_kept_where_rounding_adds_a_digit(
    ours: Library, text: str, value: float, printed: str
) -> None:
    """C17, 7.21.6.1, paragraphs 6 and 8."""
    returned, buffer = print_to(ours, ROOM, [(text, [ctypes.c_double(value)])])
    assert (returned, buffer.partition(b"\0")[0]) == (len(printed), printed.encode())


@settings(max_examples=400)
@given(value=st.floats(), precision=st.integers(0, 1100), kind=st.sampled_from("efg"))
@example(value=5e-324, precision=1074, kind="f")
@example(value=5e-324, precision=800, kind="e")
@example(value=1.7976931348623157e308, precision=0, kind="f")
@example(value=1.7976931348623157e308, precision=3000, kind="f")
@example(value=0.0, precision=2000, kind="g")
@example(value=9.9999999999999995e22, precision=0, kind="e")
def test_every_digit_of_a_real(
    ours: Library, libc: ctypes.CDLL, value: float, precision: int, kind: str
) -> None:
    assume(not libc_errs((f"%#.{precision}{kind}", [ctypes.c_double(value)])))
    parts = [(f"%#.{precision}{kind}|%.{precision}{kind}", [ctypes.c_double(value)] * 2)]
    assert print_to(ours, ROOM, parts) == print_to(libc, ROOM, parts)


@given(values=st.lists(words, min_size=12, max_size=12), reals_too=st.lists(reals, min_size=10, max_size=10))
def test_more_arguments_than_registers(
    ours: Library, libc: ctypes.CDLL, values: list[int], reals_too: list[float]
) -> None:
    parts: list[Piece] = [("%ld ", [ctypes.c_int64(value)]) for value in values]
    parts[3:3] = [("%.17g ", [ctypes.c_double(value)]) for value in reals_too]
    assert print_to(ours, ROOM, parts) == print_to(libc, ROOM, parts)


@pytest.mark.parametrize(
    "text", ["%2147483647d", "%.2147483647d", "%2147483648d", "%1000000000d%2000000000d"]
)
def test_more_than_an_int_can_count_is_an_error(ours: Library, text: str) -> None:
    ours.clear_errno()
    returned, _ = print_to(ours, 10, [(text + "xy", [ctypes.c_int(5)] * 2)])
    assert (returned, ours.errno()) == (-1, 75)


def test_sprintf_has_no_limit(ours: Library) -> None:
    buffer = ctypes.create_string_buffer(10000)
    assert ours.sprintf(buffer, b"%9000d!", ctypes.c_int(1)) == 9001
    assert buffer.value == b" " * 8999 + b"1!"
