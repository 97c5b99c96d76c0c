"""Arithmetic the code generator or the NF calls: 128-bit integers and the exact part of math.h."""

from __future__ import annotations

import ctypes
import math
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.module.built_library import Library

ALL = 2**128 - 1
wide = st.one_of(
    st.integers(0, ALL),
    st.integers(0, 2**64 + 5),
    st.tuples(st.integers(0, 127), st.integers(-2, 2)).map(lambda t: ((1 << t[0]) + t[1]) & ALL),
)
reals = st.one_of(
    st.floats(),
    st.floats(-1e5, 1e5),
    st.integers(-50, 50).map(lambda n: n / 2),
    st.floats(min_value=-1e-300, max_value=1e-300),
)


class Wide(ctypes.Structure):
    """A 128-bit integer as the ABI passes and returns it: two words."""

    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


def wide_of(n: int) -> Wide:
    return Wide(n & (2**64 - 1), n >> 64 & (2**64 - 1))


def signed(n: int) -> int:
    return n - 2**128 if n >> 127 else n


def divide(library: Library, name: str, a: int, b: int) -> int:
    function = library[name]
    function.restype = Wide
    function.argtypes = [Wide, Wide]
    result = function(wide_of(a), wide_of(b))
    return int(result.high << 64 | result.low)


@given(a=wide, b=wide.filter(bool))
@example(a=ALL, b=2**64 - 1)
@example(a=ALL, b=2**64)
@example(a=ALL, b=ALL)
@example(a=(2**64 - 1) << 64, b=(2**64 - 2))
@example(a=2**127, b=ALL)
def test_wide_division(ours: Library, a: int, b: int) -> None:
    assert divide(ours, "__udivti3", a, b) == a // b
    assert divide(ours, "__umodti3", a, b) == a % b
    x, y = signed(a), signed(b)
    quotient = abs(x) // abs(y) * (1 if (x < 0) == (y < 0) else -1)
    assert divide(ours, "__divti3", a, b) == quotient & ALL
    assert divide(ours, "__modti3", a, b) == (x - quotient * y) & ALL


def rounded(n: int, form: str) -> float:
    """n as a double or float, to nearest; infinity if it is too large."""
    if form == "d":
        return float(n)
    shift = max(0, abs(n).bit_length() - 24)
    kept, rest = abs(n) >> shift, abs(n) & ((1 << shift) - 1)
    half = 1 << shift >> 1
    kept += rest > half or (shift > 0 and rest == half and kept & 1 == 1)
    return math.inf if kept << shift >= 2**128 else math.copysign(float(kept << shift), n)


@given(n=wide)
@example(n=ALL)
@example(n=2**64 + 2**11 + 1)
@example(n=2**100 + 2**76 + 1)
@example(n=2**100 + 2**76)
@example(n=2**40 + 2**16 + 1)
def test_wide_integers_to_reals(ours: Library, n: int) -> None:
    for name, form, value in (
        ("__floatuntidf", "d", n),
        ("__floattidf", "d", signed(n)),
        ("__floatuntisf", "f", n),
        ("__floattisf", "f", signed(n)),
    ):
        function = ours[name]
        function.restype = ctypes.c_double if form == "d" else ctypes.c_float
        function.argtypes = [Wide]
        assert function(wide_of(n)) == rounded(value, form)


@given(x=st.one_of(st.floats(-(2.0**126), 2.0**126), st.floats(-1e6, 1e6)))
def test_reals_to_wide_integers(ours: Library, x: float) -> None:
    for name, kind in (("__fixdfti", ctypes.c_double), ("__fixunsdfti", ctypes.c_double)):
        function = ours[name]
        function.restype = Wide
        function.argtypes = [kind]
        result = function(x)
        expected = int(x) if name == "__fixdfti" else max(0, int(x))
        assert result.high << 64 | result.low == expected & ALL


UNARY = "fabs floor ceil trunc rint nearbyint sqrt round".split()
BINARY = "fmod copysign fmax fmin fdim".split()
TO_LONG = "lround llround lrint llrint".split()


def same(a: float, b: float) -> bool:
    return (a != a and b != b) or struct.pack("d", a) == struct.pack("d", b)


@pytest.fixture(scope="module")
def libm() -> ctypes.CDLL:
    return ctypes.CDLL("libm.so.6")


def call(library: ctypes.CDLL, name: str, *arguments: float) -> float:
    function = library[name]
    kind = ctypes.c_float if name.endswith("f") and name != "modf" else ctypes.c_double
    function.argtypes = [kind] * len(arguments)
    function.restype = kind
    return float(function(*arguments))


@pytest.mark.parametrize("name", [*UNARY, *(f"{name}f" for name in UNARY)])
@given(x=reals)
@example(x=0.49999999999999994)
@example(x=4503599627370495.5)
@example(x=-0.5)
def test_unary(ours: Library, libm: ctypes.CDLL, name: str, x: float) -> None:
    assert same(call(ours, name, x), call(libm, name, x))


@pytest.mark.parametrize("name", [*BINARY, "fmodf", "copysignf", "fmaxf", "fminf"])
@given(x=reals, y=reals)
@example(x=1e308, y=5e-324)
@example(x=3e-320, y=1e-320)
@example(x=-6.0, y=3.0)
def test_binary(ours: Library, libm: ctypes.CDLL, name: str, x: float, y: float) -> None:
    mine, theirs = call(ours, name, x, y), call(libm, name, x, y)
    # The sign of a zero from fmax(0, -0) is nobody's promise.
    assert same(mine, theirs) or (mine == theirs == 0 and name.startswith("fm") and "mod" not in name)


@pytest.mark.parametrize("name", TO_LONG)
@given(x=st.one_of(st.floats(-1e15, 1e15), st.integers(-50, 50).map(lambda n: n / 2)))
def test_to_long(ours: Library, libm: ctypes.CDLL, name: str, x: float) -> None:
    for library in (ours, libm):
        getattr(library, name).argtypes = [ctypes.c_double]
        getattr(library, name).restype = ctypes.c_int64
    assert getattr(ours, name)(x) == getattr(libm, name)(x)


@given(x=reals, exponent=st.one_of(st.integers(-2300, 2300), st.integers(-(2**31), 2**31 - 1)))
def test_scaling(ours: Library, libm: ctypes.CDLL, x: float, exponent: int) -> None:
    for name in ("ldexp", "scalbn", "scalbln", "ldexpf", "scalbnf"):
        kind = ctypes.c_float if name.endswith("f") else ctypes.c_double
        for library in (ours, libm):
            getattr(library, name).restype = kind
            getattr(library, name).argtypes = [kind, ctypes.c_long if name == "scalbln" else ctypes.c_int]
        assert same(getattr(ours, name)(x, exponent), getattr(libm, name)(x, exponent))


@given(x=reals)
def test_splitting(ours: Library, libm: ctypes.CDLL, x: float) -> None:
    exponents = []
    for library in (ours, libm):
        exponent = ctypes.c_int(77)
        library.frexp.restype = ctypes.c_double
        mantissa = library.frexp(ctypes.c_double(x), ctypes.byref(exponent))
        exponents.append((struct.pack("d", mantissa) if mantissa == mantissa else None, exponent.value))
    assert exponents[0] == exponents[1]
    whole = ctypes.c_double()
    ours.modf.restype = ctypes.c_double
    fraction = ours.modf(ctypes.c_double(x), ctypes.byref(whole))
    if math.isfinite(x):
        assert (fraction, whole.value) == math.modf(x)
