"""Numbers, characters, sorting and random numbers of the library, compared with the machine's."""

from __future__ import annotations

import ctypes
import struct

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.module.built_library import Library

CLASSES = "alnum alpha ascii blank cntrl digit graph lower print punct space upper xdigit".split()

number_texts = st.one_of(
    st.from_regex(r"[ \t\n\v\f\r]*[-+]?(0[xX]?)?[0-9a-zA-Z]{0,25}.?", fullmatch=True),
    st.integers(-(2**65), 2**65).map(str),
    st.sampled_from([-(2**63) - 1, -(2**63), 2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**64) + 1]).map(str),
    st.text(max_size=5).filter(lambda text: "\0" not in text),
)
real_texts = st.one_of(
    st.floats().map(repr),
    st.floats(width=32).map(lambda x: f"{x:.9g}"),
    st.from_regex(r"[-+ ]?[0-9]{0,30}\.?[0-9]{0,30}([eE][-+]?[0-9]{1,3})?x?", fullmatch=True),
    st.from_regex(r"-?0[xX][0-9a-f]{0,20}\.?[0-9A-F]{0,9}([pP][-+]?[0-9]{1,4})?", fullmatch=True),
    st.sampled_from("inf INFINITY -nan nan(0x1) nan( infinit 1e 1e+ .e1 . 0x 0x.p1 1e-400 1e400 -0".split()),
)


def parse(library: ctypes.CDLL, name: str, text: bytes, base: int) -> tuple[int, int]:
    function = library[name]
    function.restype = ctypes.c_int64
    end = ctypes.c_char_p(b"untouched")
    buffer = ctypes.create_string_buffer(text)
    value = function(buffer, ctypes.byref(end), base)
    assert end.value is not None
    return value, len(end.value)


@pytest.mark.parametrize("name", "strtol strtoll strtoul strtoull strtoimax strtoumax".split())
@given(text=number_texts, base=st.one_of(st.sampled_from([0, 2, 8, 10, 16, 36]), st.integers(-1, 37)))
def test_integers(ours: Library, libc: ctypes.CDLL, name: str, text: str, base: int) -> None:
    ours.clear_errno()
    ctypes.set_errno(0)
    mine, theirs = parse(ours, name, text.encode(), base), parse(libc, name, text.encode(), base)
    assert mine == theirs
    assert ours.errno() == ctypes.get_errno()


@given(value=st.integers(-(2**63), 2**63 - 1))
def test_atoi_family(ours: Library, value: int) -> None:
    text = f" {value}x".encode()
    for name in ("atol", "atoll"):
        getattr(ours, name).restype = ctypes.c_int64
        assert getattr(ours, name)(text) == value
    assert ours.atoi(text) == ctypes.c_int32(value).value


def read_real(library: ctypes.CDLL, name: str, text: bytes) -> tuple[bytes, int]:
    function = library[name]
    function.restype = ctypes.c_double if name == "strtod" else ctypes.c_float
    end = ctypes.c_char_p()
    buffer = ctypes.create_string_buffer(text)
    value = function(buffer, ctypes.byref(end))
    assert end.value is not None
    return (b"nan" if value != value else struct.pack("d", value)), len(end.value)


def midpoint(x: float) -> str:
    """The exact decimal between x and the next double: the hardest text to round."""
    (bits,) = struct.unpack("q", struct.pack("d", x))
    (above,) = struct.unpack("d", struct.pack("q", bits + 1))
    numerator, denominator = x.as_integer_ratio()
    other, other_denominator = above.as_integer_ratio()
    top = numerator * other_denominator + other * denominator
    bottom = 2 * denominator * other_denominator
    digits = bottom.bit_length()
    return f"{top * 10**digits // bottom}e-{digits}"


halfway = st.tuples(st.floats(min_value=5e-324, max_value=1e308), st.sampled_from(["", "0", "1"])).map(
    lambda pair: midpoint(pair[0]).replace("e", pair[1] + "e", 1) if not pair[1] else midpoint(pair[0])
)


@pytest.mark.parametrize("name", ["strtod", "strtof"])
@settings(max_examples=300)
@given(text=st.one_of(real_texts, halfway))
@example(text="179769313486231580793e289")
@example(text="2.4703282292062327208e-324")
@example(text="2.4703282292062328e-324")
@example(text="9007199254740993" + "0" * 900 + "1")
@example(text="9007199254740993." + "0" * 900 + "1")
@example(text="0." + "0" * 400 + "1e400")
@example(text="1" + "0" * 400 + "e-400")
def test_reals(ours: Library, libc: ctypes.CDLL, name: str, text: str) -> None:
    ours.clear_errno()
    ctypes.set_errno(0)
    mine = read_real(ours, name, text.encode())
    assert mine == read_real(libc, name, text.encode())
    assert ours.errno() == ctypes.get_errno()


@pytest.mark.parametrize("name", [f"is{name}" for name in CLASSES])
def test_character_class(ours: Library, libc: ctypes.CDLL, name: str) -> None:
    characters = range(-1, 256)
    assert [bool(getattr(ours, name)(c)) for c in characters] == [
        bool(getattr(libc, name)(c)) for c in characters
    ]


@pytest.mark.parametrize("name", ["tolower", "toupper", "toascii"])
def test_character_mapping(ours: Library, libc: ctypes.CDLL, name: str) -> None:
    assert [getattr(ours, name)(c) for c in range(-1, 256)] == [
        getattr(libc, name)(c) for c in range(-1, 256)
    ]


integers = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-9, 9))


@given(a=integers, b=integers.filter(bool))
def test_integer_arithmetic(ours: Library, libc: ctypes.CDLL, a: int, b: int) -> None:
    for name, kind in {"abs": ctypes.c_int32, "labs": ctypes.c_int64, "llabs": ctypes.c_int64}.items():
        getattr(ours, name).restype = getattr(libc, name).restype = kind
        assert getattr(ours, name)(kind(a)) == getattr(libc, name)(kind(a))
    for name, kind in {"ffs": ctypes.c_int32, "ffsl": ctypes.c_int64, "ffsll": ctypes.c_int64}.items():
        assert getattr(ours, name)(kind(a)) == getattr(libc, name)(kind(a))

    class Quotient(ctypes.Structure):
        _fields_ = [("quot", ctypes.c_int64), ("rem", ctypes.c_int64)]

    if (a, b) == (-(2**63), -1):
        return
    for name in ("ldiv", "lldiv", "imaxdiv"):
        getattr(ours, name).restype = Quotient
        result = getattr(ours, name)(ctypes.c_int64(a), ctypes.c_int64(b))
        assert (result.quot * b + result.rem, abs(result.rem) < abs(b)) == (a, True)
        assert result.rem == 0 or (result.rem < 0) == (a < 0)


def test_random_numbers_repeat_by_seed(ours: Library) -> None:
    ours.random.restype = ctypes.c_long
    runs = []
    for _ in range(2):
        ours.srand(7)
        runs.append([ours.rand() for _ in range(1000)] + [ours.random() for _ in range(1000)])
    assert runs[0] == runs[1]
    assert all(0 <= n <= 0x7FFFFFFF for n in runs[0])
    assert len(set(runs[0])) > 1990
    ours.srandom(8)
    assert [ours.rand() for _ in range(1000)] != runs[0][:1000]
    seed = ctypes.c_uint(3)
    drawn = {ours.rand_r(ctypes.byref(seed)) for _ in range(1000)}
    assert len(drawn) > 990 and max(drawn) > 2**30
