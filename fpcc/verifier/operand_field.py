"""One operand out of the fields of an encoded instruction."""

from collections.abc import Callable
from dataclasses import dataclass

from fpcc.verifier.encoding import Encoding, UndecodableError
from fpcc.verifier.form import LEGACY, Slot
from fpcc.verifier.model import NO_REGISTER, RAX, Bound, Imm, Mem, Operand, Reg, Target, Vec

_BOUND_REGISTERS = 4


@dataclass(frozen=True, slots=True)
class Fields:
    """An instruction's fields: its bytes, its memory operand, where its immediates begin, where it ends."""

    encoding: Encoding
    code: bytes
    memory: Mem | None
    at: int
    end: int  # address of the byte after it


def read_operand(slot: Slot, fields: Fields) -> Operand:
    """The operand that `slot` describes."""
    return _READERS[slot.place](slot, fields)


def _register(slot: Slot, number: int, rex: int, legacy: bool) -> Operand:
    if slot.vector:
        return Vec(number, slot.width)
    if slot.width == 8 and legacy and not rex and number >= 4:
        return Reg(number - 4, 8, True)
    return Reg(number, slot.width)


def _named(slot: Slot, fields: Fields, number: int) -> Operand:
    return _register(slot, number, fields.encoding.rex, fields.encoding.space == LEGACY)


def _read_reg(slot: Slot, fields: Fields) -> Operand:
    encoding = fields.encoding
    return _named(slot, fields, fields.code[encoding.at] >> 3 & 7 | encoding.reg)


def _read_bound(slot: Slot, fields: Fields) -> Operand:
    number = fields.code[fields.encoding.at] >> 3 & 7 | fields.encoding.reg
    if number >= _BOUND_REGISTERS:
        raise UndecodableError("a bound register that does not exist")
    return Bound(number)


def _read_rm(slot: Slot, fields: Fields) -> Operand:
    memory = fields.memory
    if memory is None:
        return _named(slot, fields, fields.code[fields.encoding.at] & 7 | fields.encoding.base)
    size = slot.size if slot.access else 0
    return Mem(memory.base, memory.index, memory.scale, memory.disp, memory.segment, memory.narrow, size)


def _read_entry(slot: Slot, fields: Fields) -> Operand:
    """What an entry of a bounds table is about: the processor leaves index and scale out of the address."""
    memory = fields.memory
    assert memory is not None, "the form has no register in its place"
    if memory.base < 0 or memory.index < 0 or memory.scale != 1 or memory.segment or memory.narrow:
        raise UndecodableError("a bounds table's entry by anything but two whole registers")
    return Mem(memory.base, NO_REGISTER, 1, memory.disp, "", False, slot.size)


def _read_index(slot: Slot, fields: Fields) -> Operand:
    assert fields.memory is not None, "the form has no register in its place"
    return Reg(fields.memory.index, slot.width)


def _read_vvvv(slot: Slot, fields: Fields) -> Operand:
    return _named(slot, fields, fields.encoding.vvvv)


def _read_low(slot: Slot, fields: Fields) -> Operand:
    return _named(slot, fields, fields.encoding.opcode & 7 | fields.encoding.base)


def _read_accumulator(slot: Slot, fields: Fields) -> Operand:
    return Reg(RAX, slot.width)


def _read_is4(slot: Slot, fields: Fields) -> Operand:
    byte = fields.code[fields.at]
    if byte & 15:
        raise UndecodableError("low bits beside a register number")
    return Vec(byte >> 4, slot.width)


def _read_signed(slot: Slot, fields: Fields) -> Operand:
    return Imm(int.from_bytes(fields.code[fields.at : fields.at + slot.size], "little", signed=True))


def _read_unsigned(slot: Slot, fields: Fields) -> Operand:
    return Imm(fields.code[fields.at])


def _read_one(slot: Slot, fields: Fields) -> Operand:
    return Imm(1)


def _read_branch(slot: Slot, fields: Fields) -> Operand:
    distance = int.from_bytes(fields.code[fields.at : fields.at + slot.size], "little", signed=True)
    return Target(fields.end + distance)


_READERS: dict[str, Callable[[Slot, Fields], Operand]] = {
    "reg": _read_reg,
    "bound": _read_bound,
    "rm": _read_rm,
    "entry": _read_entry,
    "index": _read_index,
    "vvvv": _read_vvvv,
    "low": _read_low,
    "rax": _read_accumulator,
    "is4": _read_is4,
    "imm": _read_signed,
    "unsigned": _read_unsigned,
    "one": _read_one,
    "branch": _read_branch,
}
