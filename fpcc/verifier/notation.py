"""The notation of the allow-list: one line a row, in the words of Intel's opcode maps.

    66 0F3A 0F /r     palignr  rw:Vx r:Wx Ub
    VEX.x.66.0F.W0 FC /r  vpaddb  w:Vx r:Hx r:Wx
    F7 /{4,6}         {mul,div}  r:Ev reads=rax,rdx writes=rax,rdx

Encoding: mandatory prefix, W1 (REX.W), map, opcode (`+r`: a register in its low bits), ModRM (`/r`, `/digit`,
or `!` and the only byte allowed). `{a,b}` makes one row per alternative, all lists of a line in step.
Operands are ACCESS:PLACE+SIZE. Places: E general register or memory, G general register, B the one in vvvv,
R a register only, M memory only, T memory that an entry of a bounds table is about, X the index register
there, which is no part of the address, Z low bits of the opcode, A the accumulator, N a bound register; W, V,
H, U, L are those of vectors (L is in an immediate's high half). I is a signed immediate, Ub an unsigned one,
J a branch, 1 is itself.
Attributes: `lock`, `kind=`, `reads=`, `writes=` (implicit general registers).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fpcc.verifier.form import IMMEDIATES, LEGACY, REPEAT, REPEAT_NOT, SIZE16, VEX, Form, Key, Slot
from fpcc.verifier.model import JUMP, NOP, Row

PREFIXES = {"NP": 0, "66": SIZE16, "F3": REPEAT, "F2": REPEAT_NOT}
MAPS = ("0F", "0F38", "0F3A")
REGISTERS = {name: number for number, name in enumerate("rax rcx rdx rbx rsp rbp rsi rdi".split())}
PLACES = {
    "E": "rm", "R": "rm", "M": "rm", "G": "reg", "B": "vvvv", "Z": "low", "A": "rax",
    "W": "rm", "U": "rm", "V": "reg", "H": "vvvv", "L": "is4", "N": "bound",
    "T": "entry", "X": "index",
}  # fmt: skip
# Size letters: bits of a register, bytes in memory. Those of general registers first.
GENERAL = {
    "b": (8, 1), "w": (16, 2), "d": (32, 4), "q": (64, 8), "db": (32, 1), "dw": (32, 2),
    "o": (0, 16), "": (0, 0),
}  # fmt: skip
VECTOR = {"b": (128, 1), "w": (128, 2), "d": (128, 4), "q": (128, 8), "o": (128, 16), "y": (256, 32)}
FRACTIONS = {"x": 1, "h": 2, "f": 4, "e": 8}  # of the vector length

_BRACES = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """One way to fix the sizes of a row: prefixes and W, operand size, vector length."""

    prefixes: int
    wide: int
    bits: int
    vector: int


@dataclass(frozen=True, slots=True)
class _Encoding:
    space: str
    prefixes: int
    wide: str  # "0", "1", or "y": both, with the operand size
    lengths: tuple[int, ...]
    map: str
    opcodes: tuple[int, ...]
    modrm: str


def expand_line(line: str) -> Iterator[str]:
    """One line per alternative; all braces of a line advance together."""
    lists = [part.split(",") for part in _BRACES.findall(line)]
    for turn in range(len(lists[0]) if lists else 1):
        chosen = iter([alternatives[turn] for alternatives in lists])
        yield _BRACES.sub(lambda _, chosen=chosen: next(chosen), line)  # type: ignore[misc]


def read_row(line: str, group: str, reason: str, allowed: bool) -> Iterator[tuple[Key, Form]]:
    """Every key and form that one expanded line stands for."""
    words = line.split()
    split = next(i for i, word in enumerate(words) if word[0].islower())
    encoding = _read_encoding(words[:split])
    row = Row(" ".join(words), group, reason)
    operands = [w for w in words[split + 1 :] if "=" not in w and w != "lock"]
    attributes = dict(w.split("=") for w in words if "=" in w)
    for sizes in _sizes(encoding, operands):
        slots = tuple(_read_slot(operand, sizes) for operand in operands)
        places = [slot.place for slot in slots]
        form = Form(
            mnemonic=words[split],
            slots=slots,
            modrm=encoding.modrm,
            memory=not any(_letter(operand) in "RU" for operand in operands if ":" in operand),
            register=not any(_letter(operand) in ("M", "T") for operand in operands),
            kind=attributes.get("kind", "plain"),
            lock="lock" in words,
            reads=_registers(attributes.get("reads", "")),
            writes=_registers(attributes.get("writes", "")),
            row=row,
            allowed=allowed,
            access=tuple(slot.access for slot in slots),
            immediate_size=sum(max(slot.size, 1) for slot in slots if slot.place in IMMEDIATES),
            vvvv="vvvv" in places,
            low="low" in places,
            addresses=_uses_address(words[split], attributes.get("kind", "plain")),
        )
        for opcode in encoding.opcodes:
            length = int(sizes.vector == 256 and encoding.space == VEX)
            yield Key(encoding.space, encoding.map, opcode, sizes.prefixes, sizes.wide, length), form


def _uses_address(mnemonic: str, kind: str) -> bool:
    return mnemonic not in ("lea", "bndmk") and kind not in (NOP, JUMP)


def _letter(operand: str) -> str:
    return operand.partition(":")[2][:1]


def _registers(names: str) -> frozenset[int]:
    return frozenset(REGISTERS[name] for name in names.split(",") if name)


def _read_encoding(words: list[str]) -> _Encoding:
    modrm = words[-1] if words[-1][0] in "/!" else ""
    *before, opcode = words[:-1] if modrm else words
    if before and before[0].startswith("VEX."):
        return _read_vex(before[0], _read_opcode(opcode), modrm)
    wide = next((word[1] for word in before if word in ("W1", "Wy")), "0")
    prefixes = sum(PREFIXES[word] for word in before if word in PREFIXES)
    opcode_map = next((word for word in before if word in MAPS), "")
    return _Encoding(LEGACY, prefixes, wide, (128,), opcode_map, _read_opcode(opcode), modrm)


def _read_vex(word: str, opcodes: tuple[int, ...], modrm: str) -> _Encoding:
    _, length, prefix, opcode_map, wide = word.split(".")
    lengths = {"128": (128,), "256": (256,), "x": (128, 256)}[length]
    return _Encoding(VEX, PREFIXES[prefix], wide[1], lengths, opcode_map, opcodes, modrm)


def _read_opcode(word: str) -> tuple[int, ...]:
    number, _, low = word.partition("+")
    return tuple(range(int(number, 16), int(number, 16) + 8)) if low else (int(number, 16),)


def _sizes(encoding: _Encoding, operands: list[str]) -> Iterator[Sizes]:
    codes = {operand[-1] for operand in operands}
    for length in encoding.lengths:
        if encoding.space == LEGACY and codes & {"v", "z"}:
            yield Sizes(encoding.prefixes | SIZE16, 0, 16, length)
            yield Sizes(encoding.prefixes, 0, 32, length)
            yield Sizes(encoding.prefixes, 1, 64, length)
        elif encoding.wide == "y":
            yield Sizes(encoding.prefixes, 0, 32, length)
            yield Sizes(encoding.prefixes, 1, 64, length)
        else:
            yield Sizes(encoding.prefixes, int(encoding.wide), 32, length)


def _read_slot(operand: str, sizes: Sizes) -> Slot:
    if operand == "1":
        return Slot("one", False, 0, 0, "r")
    access, colon, place = operand.rpartition(":")
    if not colon:
        return _read_immediate(place, sizes)
    letter, code = place[0], place[1:]
    vector = letter in "WUVHL" or (letter == "M" and code in FRACTIONS)
    width, size = _vector_size(code, sizes) if vector else _general_size(code, sizes)
    return Slot(PLACES[letter], vector, width, 1 if letter == "L" else size, access)


def _read_immediate(place: str, sizes: Sizes) -> Slot:
    letter, code = place[0], place[1:]
    if letter == "J":
        return Slot("branch", False, 0, GENERAL[code][1], "r")
    bits = {"z": min(sizes.bits, 32), "v": sizes.bits}.get(code) or GENERAL[code][0]
    return Slot("unsigned" if letter == "U" else "imm", False, 0, bits // 8, "r")


def _general_size(code: str, sizes: Sizes) -> tuple[int, int]:
    if code in ("v", "y"):
        return sizes.bits, sizes.bits // 8
    if code == "c":  # of crc32: 64 bits or 32, never 16
        return max(sizes.bits, 32), 0
    return GENERAL[code]


def _vector_size(code: str, sizes: Sizes) -> tuple[int, int]:
    if code in FRACTIONS:
        bits = sizes.vector // FRACTIONS[code]
        return max(bits, 128), bits // 8
    return VECTOR[code]
