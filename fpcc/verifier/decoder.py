"""Machine code to instructions: `decode_at` reads one of the allow-list, or says why it will not.

Linear: an instruction is read once, from left to right, and no byte after its fifteenth is looked at.
"""

from __future__ import annotations

from fpcc.verifier.address_field import read_address
from fpcc.verifier.encoding import LONGEST, Encoding, UndecodableError, read_encoding
from fpcc.verifier.form import CS, FS, GS, LOCK, NARROW, REPEAT, REPEAT_NOT, REPEATED, SIZE16, VEX, Form
from fpcc.verifier.model import NOP, Instruction, Mem
from fpcc.verifier.opcode_table import opcode_table
from fpcc.verifier.operand_field import Fields, read_operand

_MANDATORY = SIZE16 | REPEAT | REPEAT_NOT


def decode_at(text: bytes, offset: int, address: int) -> Instruction:
    """The instruction at `offset` of `text`, which runs at `address`; or UndecodableError."""
    try:
        return _decode(text[offset : offset + LONGEST], address)
    except IndexError:
        raise UndecodableError("runs past the end of text, or past 15 bytes") from None


def _decode(code: bytes, address: int) -> Instruction:
    encoding = read_encoding(code)
    form = _find_form(encoding, code)
    memory, at = read_address(encoding, code) if form.modrm else (None, encoding.at)
    end = at + form.immediate_size
    if end > len(code):
        raise IndexError
    if not form.allowed:
        raise UndecodableError(f"{form.mnemonic}: {form.row.group}: {form.row.reason}", end)
    _check_prefixes(encoding, form, memory)
    _check_unused(encoding, form)
    fields = Fields(encoding, code, memory, at, address + end)
    return Instruction(
        address=address,
        size=end,
        bytes=code[:end],
        mnemonic=form.mnemonic,
        operands=tuple([read_operand(slot, fields) for slot in form.slots]),
        access=form.access,
        reads=form.reads,
        writes=form.writes,
        kind=form.kind,
        row=form.row,
    )


def _find_form(encoding: Encoding, code: bytes) -> Form:
    mandatory = encoding.prefixes & _MANDATORY
    key = (encoding.space, encoding.map, encoding.opcode, mandatory, encoding.wide, encoding.length)
    found = opcode_table().get(key)
    if isinstance(found, tuple):
        found = found[code[encoding.at]]
    if found is None:
        raise UndecodableError("no instruction of the allow-list")
    return found


def _check_prefixes(encoding: Encoding, form: Form, memory: Mem | None) -> None:
    """Each prefix that is there must have something to do."""
    prefixes = encoding.prefixes
    if prefixes & (CS | REPEATED):
        if form.kind == NOP and form.modrm and not prefixes & (FS | GS | NARROW | LOCK | REPEAT | REPEAT_NOT):
            return
        raise UndecodableError("a prefix twice, or cs, on what is no padding")
    if prefixes & LOCK and not (form.lock and memory is not None):
        raise UndecodableError("lock on an instruction that cannot be locked")
    if prefixes & FS and prefixes & GS:
        raise UndecodableError("two segment overrides")
    if prefixes & (FS | GS | NARROW) and (memory is None or not form.addresses):
        raise UndecodableError(
            "a segment override or a 32-bit address on an instruction that does not use it"
        )


def _check_unused(encoding: Encoding, form: Form) -> None:
    """Fields that the form does not use must be what a compiler writes there."""
    if encoding.vvvv and encoding.space == VEX and not form.vvvv:
        raise UndecodableError("VEX.vvvv names a register that is not used")
    if not form.modrm and (encoding.reg or encoding.index or (encoding.base and not form.low)):
        raise UndecodableError("a REX prefix that extends nothing")
