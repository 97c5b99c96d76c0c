"""The memory operand that ModRM, SIB and displacement describe."""

from fpcc.verifier.encoding import Encoding, UndecodableError
from fpcc.verifier.form import FS, GS, NARROW
from fpcc.verifier.model import NO_REGISTER, RIP, RSP, Mem

_REGISTER, _DISP8, _DISP32 = 3, 1, 2  # of ModRM.mod
_SIB, _NO_BASE = 4, 5  # of ModRM.rm and SIB.base

_SEGMENTS = {0: "", FS: "fs", GS: "gs", FS | GS: ""}


def read_address(encoding: Encoding, code: bytes) -> tuple[Mem | None, int]:
    """The memory operand, its size left at 0, or None for a register; and where the bytes after it begin.

    The displacement of a rip-relative operand counts from the end of the instruction.
    """
    modrm, at = code[encoding.at], encoding.at + 1
    mod, low = modrm >> 6, modrm & 7
    if mod == _REGISTER:
        return None, at
    if low == _SIB:
        index, scale, base, at = _read_sib(encoding, code, at, mod)
    elif low == _NO_BASE and mod == 0:
        index, scale, base = NO_REGISTER, 1, RIP
    else:
        index, scale, base = NO_REGISTER, 1, low | encoding.base
    size = 1 if mod == _DISP8 else 4 if mod == _DISP32 or base < 0 else 0
    narrow = bool(encoding.prefixes & NARROW)
    if narrow and base == RIP:
        raise UndecodableError("an address relative to eip")
    disp = int.from_bytes(code[at : at + size], "little", signed=True)
    segment = _SEGMENTS[encoding.prefixes & (FS | GS)]
    return Mem(base, index, scale, disp, segment, narrow, 0), at + size


def _read_sib(encoding: Encoding, code: bytes, at: int, mod: int) -> tuple[int, int, int, int]:
    sib = code[at]
    index, base = sib >> 3 & 7 | encoding.index, sib & 7 | encoding.base
    if sib & 7 == _NO_BASE and mod == 0:
        base = NO_REGISTER
    return NO_REGISTER if index == RSP else index, 1 << (sib >> 6), base, at + 1
