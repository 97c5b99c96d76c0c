"""The parts of one instruction's bytes that come before its operands: prefixes, REX or VEX, opcode.

Stricter than the processor: a prefix twice, in a place where it is ignored, or beside VEX is refused. No
compiler writes it, and readers of machine code have disagreed about it before.
"""

from dataclasses import dataclass

from fpcc.verifier.form import CS, FS, GS, LEGACY, LOCK, NARROW, REPEAT, REPEAT_NOT, REPEATED, SIZE16, VEX

LONGEST = 15  # bytes of an instruction, by architecture

_PREFIXES = {
    0x66: SIZE16, 0xF3: REPEAT, 0xF2: REPEAT_NOT, 0xF0: LOCK, 0x67: NARROW, 0x64: FS, 0x65: GS, 0x2E: CS,
}  # fmt: skip
_MANDATORY = SIZE16 | REPEAT | REPEAT_NOT
_VEX_PREFIXES = (0, SIZE16, REPEAT, REPEAT_NOT)
_VEX_MAPS = {1: "0F", 2: "0F38", 3: "0F3A"}
_EVEX, _VEX3, _VEX2, _ESCAPE = 0x62, 0xC4, 0xC5, 0x0F


class UndecodableError(Exception):
    """These bytes are no allowed instruction; the message says why."""

    def __init__(self, message: str, size: int = 0) -> None:
        super().__init__(message)
        self.size = size  # of the instruction, when it is one that is refused by name


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the prefixes and the opcode say; `at` is where the bytes after the opcode begin."""

    space: str
    map: str
    opcode: int
    prefixes: int
    wide: int
    length: int  # VEX.L
    rex: int  # 0 if there is no REX prefix
    reg: int  # 8 if the ModRM.reg field is extended, 0 otherwise; so are the next two
    index: int
    base: int
    vvvv: int
    at: int


def read_encoding(code: bytes) -> Encoding:
    """Reads from the first byte of `code`. IndexError when it ends too early."""
    prefixes, at = _read_prefixes(code)
    first = code[at]
    if first in (_VEX2, _VEX3, _EVEX):
        return _read_vex(code, prefixes, at)
    rex = first if first & 0xF0 == 0x40 else 0
    opcode_map, at = _read_map(code, at + 1 if rex else at)
    return Encoding(
        LEGACY, opcode_map, code[at], prefixes, rex >> 3 & 1, 0, rex,
        (rex & 4) << 1, (rex & 2) << 2, (rex & 1) << 3, 0, at + 1,
    )  # fmt: skip


def _read_prefixes(code: bytes) -> tuple[int, int]:
    found, at = 0, 0
    while bit := _PREFIXES.get(code[at]):
        found |= REPEATED if found & bit else bit
        at += 1
    return found, at


def _read_map(code: bytes, at: int) -> tuple[str, int]:
    if code[at] != _ESCAPE:
        return "", at
    if code[at + 1] in (0x38, 0x3A):
        return f"0F{code[at + 1]:X}", at + 2
    return "0F", at + 1


def _read_vex(code: bytes, prefixes: int, at: int) -> Encoding:
    if code[at] == _EVEX:
        raise UndecodableError("EVEX: instructions of AVX-512 are not in the allow-list")
    if prefixes & (_MANDATORY | LOCK):
        raise UndecodableError("a legacy prefix before VEX")
    if code[at] == _VEX2:
        return _vex(prefixes, (code[at + 1] & 0x80 | 0x61, code[at + 1] & 0x7F), code[at + 2], at + 3)
    return _vex(prefixes, (code[at + 1], code[at + 2]), code[at + 3], at + 4)


def _vex(prefixes: int, fields: tuple[int, int], opcode: int, at: int) -> Encoding:
    high, low = fields
    opcode_map = _VEX_MAPS.get(high & 0x1F)
    if opcode_map is None:
        raise UndecodableError(f"VEX: opcode map {high & 0x1F}")
    return Encoding(
        VEX, opcode_map, opcode, prefixes | _VEX_PREFIXES[low & 3], low >> 7, low >> 2 & 1, 0,
        (~high & 0x80) >> 4, (~high & 0x40) >> 3, (~high & 0x20) >> 2, ~low >> 3 & 15, at,
    )  # fmt: skip
