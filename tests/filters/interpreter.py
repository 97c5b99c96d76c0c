"""The reference: libpcap's own pcap_offline_filter() and bpf_filter()."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from fpcc.filters.libpcap import ETHERNET, NETMASK_UNKNOWN, SNAPSHOT, CInstruction, CProgram, load_libpcap
from fpcc.filters.program import Program


class CHeader(ctypes.Structure):
    """struct pcap_pkthdr"""

    _fields_ = (
        ("seconds", ctypes.c_long),
        ("microseconds", ctypes.c_long),
        ("captured", ctypes.c_uint),
        ("length", ctypes.c_uint),
    )


def match_offline(expression: str, frames: Sequence[bytes]) -> list[bool]:
    """Which frames the expression matches, compiled and run by libpcap alone."""
    library = load_libpcap()
    handle, program = library.pcap_open_dead(ETHERNET, SNAPSHOT), CProgram()
    assert library.pcap_compile(handle, program, expression.encode(), 1, NETMASK_UNKNOWN) == 0, expression
    matches = library.pcap_offline_filter
    matches.argtypes = [ctypes.POINTER(CProgram), ctypes.POINTER(CHeader), ctypes.c_char_p]
    found = [matches(program, CHeader(0, 0, len(f), len(f)), f) != 0 for f in frames]
    library.pcap_freecode(program)
    library.pcap_close(handle)
    return found


def match_program(program: Program, frames: Sequence[bytes]) -> list[bool]:
    """Which frames the program matches."""
    raw = (CInstruction * len(program.instructions))(
        *((i.code, i.jt, i.jf, i.k) for i in program.instructions)
    )
    run = load_libpcap().bpf_filter
    run.restype = ctypes.c_uint
    return [run(raw, frame, len(frame), len(frame)) != 0 for frame in frames]


def first_of(matches: Sequence[Sequence[bool]]) -> list[int]:
    """The gate of each frame: the first filter that matches it, or the number of filters."""
    return [(*column, True).index(True) for column in zip(*matches, strict=True)]
