"""What a row of the allow-list means once its sizes are fixed: where operands are, how they are used."""

from dataclasses import dataclass

from fpcc.verifier.model import Row

# Legacy prefixes as bits of one number; a VEX prefix's pp field is turned into the first three of them.
SIZE16, REPEAT, REPEAT_NOT, LOCK, NARROW, FS, GS, CS, REPEATED = (1 << bit for bit in range(9))

IMMEDIATES = ("imm", "unsigned", "branch", "is4")  # places that take bytes after the memory operand

LEGACY, VEX = "legacy", "VEX"


@dataclass(frozen=True, slots=True)
class Key:
    """All that selects an opcode's forms, save its ModRM byte."""

    space: str  # LEGACY or VEX
    map: str  # "", "0F", "0F38", "0F3A"
    opcode: int
    prefixes: int  # of SIZE16, REPEAT, REPEAT_NOT
    wide: int  # REX.W or VEX.W
    length: int  # VEX.L


@dataclass(frozen=True, slots=True)
class Slot:
    """One operand: the field that holds it, and how wide it is there."""

    # "reg", "rm", "vvvv", "is4", "low" (of the opcode), "rax", "imm", "unsigned", "branch", "one", "bound",
    # "entry" and "index" (of an entry of a bounds table)
    place: str
    vector: bool
    width: int  # bits, as a register
    size: int  # bytes, in memory or as an immediate
    access: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form of one instruction."""

    mnemonic: str
    slots: tuple[Slot, ...]
    modrm: str  # "" (has none), "/r", "/0" to "/7", "!" and the only ModRM byte there is
    memory: bool  # its r/m operand may be memory
    register: bool  # its r/m operand may be a register
    kind: str
    lock: bool
    reads: frozenset[int]
    writes: frozenset[int]
    row: Row
    allowed: bool

    # What follows from the slots, once instead of at every instruction decoded.
    access: tuple[str, ...] = ()
    immediate_size: int = 0
    vvvv: bool = False  # a slot is in VEX.vvvv
    low: bool = False  # a slot is in the low bits of the opcode
    addresses: bool = (
        False  # its memory operand takes a segment and a 32-bit address: not that of lea or a nop
    )
