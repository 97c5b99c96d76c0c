"""Addresses, byte order and clocks agree with the machine's C library."""

from __future__ import annotations

import ctypes
import datetime
import ipaddress
import socket

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.module.built_library import Library

FAMILIES = {socket.AF_INET: 4, socket.AF_INET6: 16}
groups = st.lists(st.sampled_from([0, 0, 0, 1, 0xFFFF, 0x102]), min_size=8, max_size=8)
ipv6_bytes = st.one_of(
    st.binary(min_size=16, max_size=16), groups.map(lambda g: b"".join(x.to_bytes(2, "big") for x in g))
)
ipv4_texts = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.lists(
        st.sampled_from("0 1 01 255 256 0x10 010 0xfg 1234 4294967295 4294967296 -1".split()), max_size=5
    ).map(".".join),
    st.text("0123456789.x ", max_size=18),
)
ipv6_texts = st.one_of(
    ipv6_bytes.map(lambda b: str(ipaddress.IPv6Address(b))),
    st.lists(
        st.sampled_from(["", "", "0", "ffff", "1", "12345", "1.2.3.4", "g", "00ab", "1.2.3"]), max_size=10
    ).map(":".join),
    st.text("0123456789abcF:.", max_size=24),
)


def to_text(library: ctypes.CDLL, family: int, address: bytes, room: int) -> bytes | None:
    buffer = ctypes.create_string_buffer(b"\xa5" * 64, 64)
    library.inet_ntop.restype = ctypes.c_void_p
    if not library.inet_ntop(family, address, buffer, room):
        return None
    assert buffer.raw[room:] == b"\xa5" * (64 - room)
    return buffer.value


def from_text(library: ctypes.CDLL, family: int, text: str) -> tuple[int, bytes]:
    buffer = ctypes.create_string_buffer(b"\xa5" * 20, 20)
    return library.inet_pton(family, text.encode(), buffer), buffer.raw


@pytest.mark.parametrize("family", FAMILIES)
@given(address=ipv6_bytes, room=st.integers(0, 50))
def test_ntop(ours: Library, libc: ctypes.CDLL, family: int, address: bytes, room: int) -> None:
    for size in (room, 46):
        assert to_text(ours, family, address, size) == to_text(libc, family, address, size)


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=300)
@given(text=st.one_of(ipv4_texts, ipv6_texts))
@example(text="::")
@example(text="::1.2.3.4")
@example(text="1:2:3:4:5:6:7::")
@example(text="::2:3:4:5:6:7:8")
@example(text="1:2:3:4:5:6:7:8:")
@example(text=":1:2:3:4:5:6:7:8")
@example(text="1:2:3:4:5:6:1.2.3.4")
@example(text="1:2:3:4:5:6:7:1.2.3.4")
@example(text="1:2:3:4:5::6:7:8")
@example(text="1::2::3")
@example(text=":::")
def test_pton(ours: Library, libc: ctypes.CDLL, family: int, text: str) -> None:
    assert from_text(ours, family, text)[0] == from_text(libc, family, text)[0]
    if from_text(libc, family, text)[0] == 1:
        assert from_text(ours, family, text) == from_text(libc, family, text)


def test_other_families_are_refused(ours: Library) -> None:
    ours.clear_errno()
    assert (from_text(ours, 1, "::")[0], ours.errno()) == (-1, 97)
    ours.clear_errno()
    assert (to_text(ours, 1, bytes(16), 46), ours.errno()) == (None, 97)


@settings(max_examples=400)
@given(text=ipv4_texts)
def test_aton(ours: Library, libc: ctypes.CDLL, text: str) -> None:
    def read(library: ctypes.CDLL) -> tuple[int, int, int]:
        address = ctypes.c_uint32(0)
        library.inet_addr.restype = ctypes.c_uint32
        done = library.inet_aton(text.encode(), ctypes.byref(address))
        return done, address.value if done else 0, library.inet_addr(text.encode())

    assert read(ours) == read(libc)


@given(address=st.integers(0, 2**32 - 1))
def test_ntoa_and_byte_order(ours: Library, address: int) -> None:
    ours.inet_ntoa.restype = ctypes.c_char_p
    big = ctypes.c_uint32(socket.htonl(address))
    assert ours.inet_ntoa(big).decode() == str(ipaddress.IPv4Address(address))
    for name in ("htonl", "ntohl"):
        getattr(ours, name).restype = ctypes.c_uint32
        assert getattr(ours, name)(ctypes.c_uint32(address)) == socket.htonl(address)
    for name in ("htons", "ntohs"):
        getattr(ours, name).restype = ctypes.c_uint16
        assert getattr(ours, name)(ctypes.c_uint16(address & 0xFFFF)) == socket.htons(address & 0xFFFF)


octets = st.sampled_from("0 1 a F 0f ab 100 g".split())


@given(text=st.lists(octets, min_size=5, max_size=7).map(":".join), address=st.binary(min_size=6, max_size=6))
def test_ethernet_addresses(ours: Library, text: str, address: bytes) -> None:
    ours.ether_ntoa.restype = ctypes.c_char_p
    assert ours.ether_ntoa(address).decode() == ":".join(f"{octet:x}" for octet in address)
    parsed = ctypes.create_string_buffer(6)
    ours.ether_aton_r.restype = ctypes.c_void_p
    parts = text.split(":")
    valid = len(parts) == 6 and not {"100", "g"} & set(parts)
    assert bool(ours.ether_aton_r(text.encode(), parsed)) == valid
    assert not valid or parsed.raw == bytes(int(part, 16) for part in parts)


NOW = 1_700_000_000_123_456_789


def test_clocks(ours: Library) -> None:
    ctypes.c_uint64.in_dll(ours, "test_now").value = NOW
    pair = (ctypes.c_int64 * 2)()
    ours.time.restype = ctypes.c_int64
    for clock in (0, 1):
        assert ours.clock_gettime(clock, pair) == 0
        assert list(pair) == [NOW // 10**9, NOW % 10**9]
    assert ours.gettimeofday(pair, None) == 0
    assert list(pair) == [NOW // 10**9, NOW % 10**9 // 1000]
    assert ours.time(None) == ours.time(pair) == pair[0] == NOW // 10**9
    ours.clear_errno()
    assert (ours.clock_gettime(2, pair), ours.errno()) == (-1, 22)
    ours.difftime.restype = ctypes.c_double
    assert ours.difftime(ctypes.c_int64(5), ctypes.c_int64(8)) == -3.0


@given(seconds=st.one_of(st.integers(-(10**11), 10**11), st.integers(-(2**63), 2**63 - 1)))
def test_gmtime(ours: Library, libc: ctypes.CDLL, seconds: int) -> None:
    def date(library: ctypes.CDLL) -> list[int] | None:
        fields = (ctypes.c_int * 14)()
        library.gmtime_r.restype = ctypes.c_void_p
        return list(fields)[:9] if library.gmtime_r(ctypes.byref(ctypes.c_int64(seconds)), fields) else None

    theirs = date(libc)
    # Within ten thousand years of the last date an int can hold, ours gives up first.
    if theirs is None or abs(theirs[5]) < 2**31 - 20000:
        assert date(ours) == theirs


def test_gmtime_of_a_known_date(ours: Library) -> None:
    fields = (ctypes.c_int * 14)()
    moment = datetime.datetime(2024, 2, 29, 23, 59, 58, tzinfo=datetime.UTC)
    ours.gmtime_r(ctypes.byref(ctypes.c_int64(int(moment.timestamp()))), fields)
    assert list(fields)[:8] == [58, 59, 23, 29, 1, 124, 4, 59]
