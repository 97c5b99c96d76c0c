"""The door to libpcap: compiles expressions for Ethernet frames, and shows BPF as `tcpdump -d` does."""

from __future__ import annotations

import ctypes
import functools
from dataclasses import dataclass

from fpcc.errors import InputError
from fpcc.filters.program import Instruction

ETHERNET = 1  # DLT_EN10MB
SNAPSHOT = 65535  # bytes
NETMASK_UNKNOWN = 0xFFFFFFFF
NAMES = ("libpcap.so.0.8", "libpcap.so.1")


class CInstruction(ctypes.Structure):
    """struct bpf_insn"""

    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )


class CProgram(ctypes.Structure):
    """struct bpf_program"""

    _fields_ = (("length", ctypes.c_uint), ("instructions", ctypes.POINTER(CInstruction)))


@dataclass(frozen=True)
class BadExpression(Exception):
    """libpcap does not compile the expression; `said` is its message."""

    said: str


@functools.cache
def load_libpcap() -> ctypes.CDLL:
    """The library, its functions declared. Raises InputError if it is missing."""
    for name in NAMES:
        try:
            return _declare(ctypes.CDLL(name))
        except OSError:
            continue
    raise InputError("libpcap is missing, which compiles filters: install it (Debian: libpcap0.8)")


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    handle, program = ctypes.c_void_p, ctypes.POINTER(CProgram)
    library.pcap_open_dead.restype = handle
    library.pcap_open_dead.argtypes = [ctypes.c_int, ctypes.c_int]
    library.pcap_close.argtypes = [handle]
    library.pcap_compile.argtypes = [handle, program, ctypes.c_char_p, ctypes.c_int, ctypes.c_uint]
    library.pcap_geterr.restype = ctypes.c_char_p
    library.pcap_geterr.argtypes = [handle]
    library.pcap_freecode.argtypes = [program]
    library.bpf_image.restype = ctypes.c_char_p
    library.bpf_image.argtypes = [ctypes.POINTER(CInstruction), ctypes.c_int]
    return library


def compile_expression(expression: str) -> tuple[Instruction, ...]:
    """The optimised program for Ethernet, the netmask unknown. Raises BadExpression."""
    library = load_libpcap()
    handle = library.pcap_open_dead(ETHERNET, SNAPSHOT)
    if not handle:
        raise BadExpression("libpcap has no memory")
    program = CProgram()
    try:
        if library.pcap_compile(handle, program, expression.encode(), 1, NETMASK_UNKNOWN) < 0:
            raise BadExpression(library.pcap_geterr(handle).decode(errors="replace"))
        return _take(program)
    finally:
        library.pcap_freecode(program)
        library.pcap_close(handle)


def _take(program: CProgram) -> tuple[Instruction, ...]:
    found = (program.instructions[at] for at in range(program.length))
    return tuple(Instruction(i.code, i.jt, i.jf, i.k) for i in found)


def show_instruction(instruction: Instruction, at: int) -> str:
    """One line, e.g. "(000) ldh      [12]"."""
    raw = CInstruction(instruction.code, instruction.jt, instruction.jf, instruction.k)
    image: bytes = load_libpcap().bpf_image(raw, at)
    return image.decode().rstrip()
