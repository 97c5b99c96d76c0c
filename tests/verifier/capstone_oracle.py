"""What capstone says of an instruction, in the decoder's words; not asked where it is known to be wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import capstone
from capstone import x86

from fpcc.verifier.guard_bounds import ENTRIES
from fpcc.verifier.model import Bound, Imm, Instruction, Mem, Operand, Reg, Target, Vec, register_name

_ALIASES = {"movabs": "mov"}
_COMPARES = ("cmpps", "cmppd", "cmpss", "cmpsd")  # capstone puts the predicate into the name
# Capstone reads no ModRM byte of ud1, takes comisd for 16 bytes, and has no size for what is not accessed.
# Entries of bounds tables are about a word; it says how large they are themselves.
_SIZE_UNKNOWN = ("ud1",)
_MEMORY_SIZE_UNKNOWN = ("comisd", "vcomisd", *ENTRIES)

_DISASSEMBLER = capstone.Cs(capstone.CS_ARCH_X86, capstone.CS_MODE_64)
_DISASSEMBLER.detail = True


def find_disagreement(instruction: Instruction) -> str:
    """How capstone reads the same bytes, if it reads them differently; "" otherwise."""
    read = next(_DISASSEMBLER.disasm(instruction.bytes, instruction.address, 1), None)
    if instruction.mnemonic in _SIZE_UNKNOWN:
        return ""
    if read is None or read.size != instruction.size:
        return f"{instruction.bytes.hex()}: {instruction}: capstone reads {read}"
    theirs, ours = _theirs(read), _ours(instruction)
    return "" if theirs == ours else f"{instruction.bytes.hex()}: {ours}, capstone: {theirs}"


def find_unseen_write(instruction: Instruction) -> str:
    """A memory operand that capstone says is written and we do not."""
    read = next(_DISASSEMBLER.disasm(instruction.bytes, instruction.address, 1), None)
    for operand in read.operands if read is not None else ():
        writes = operand.type == x86.X86_OP_MEM and operand.access & capstone.CS_AC_WRITE
        if writes and not any("w" in access for _, access in instruction.memory()):
            return f"{instruction.bytes.hex()}: {instruction} writes memory"
    return ""


def _ours(instruction: Instruction) -> tuple[str, list[object]]:
    name = instruction.mnemonic
    operands: list[object] = [_our_operand(operand, name) for operand in _with_index(instruction)]
    return name, operands


def _with_index(instruction: Instruction) -> tuple[Operand, ...]:
    """Its operands; the index of an entry of a bounds table in its address, where it is written."""
    *operands, index = instruction.operands or (None,)
    if instruction.mnemonic not in ENTRIES or not isinstance(index, Reg):
        return instruction.operands
    return tuple(replace(o, index=index.number) if isinstance(o, Mem) else o for o in operands if o)


def _our_operand(operand: Operand, name: str) -> object:
    match operand:
        case Reg(number, width, high):
            return register_name(number, width, high)
        case Vec(number, width):
            return f"{'xy'[width // 256]}mm{number}"
        case Imm(value) | Target(value):
            return value % 256  # capstone cuts some to the operand's size and others not
        case Mem():
            return _our_memory(operand, name)
        case Bound(number):
            return f"bnd{number}"
    return None


def _our_memory(memory: Mem, name: str) -> tuple[object, ...]:
    width = 32 if memory.narrow else 64
    base = "rip" if memory.base == -2 else register_name(memory.base, width) if memory.base >= 0 else ""
    index = register_name(memory.index, width) if memory.index >= 0 else ""
    size = 0 if name in _MEMORY_SIZE_UNKNOWN else memory.size
    return memory.segment, base, index, memory.scale, memory.disp, size


def _theirs(read: Any) -> tuple[str, list[object]]:
    name = read.mnemonic.removeprefix("lock ")
    for compare in _COMPARES:
        head, tail = compare[:3], compare[3:]
        if name.removeprefix("v").startswith(head) and name.endswith(tail) and len(name) > len(compare):
            name = ("v" if name.startswith("v") else "") + compare
    name = _ALIASES.get(name, name)
    operands = [_their_operand(read, operand, name) for operand in read.operands]
    implicit = _IMPLICIT.get(name)
    if implicit in operands[-1:] and len(operands) > 1:
        operands.pop()
    return name, _with_predicate(read, name, operands)


def _with_predicate(read: Any, name: str, operands: list[object]) -> list[object]:
    """The immediate that capstone has moved into the name."""
    is_compare = name.removeprefix("v") in _COMPARES
    return [*operands, read.bytes[-1]] if is_compare and not _ends_in_immediate(read) else operands


def _ends_in_immediate(read: Any) -> bool:
    return bool(read.operands[-1].type == x86.X86_OP_IMM)


def _their_operand(read: Any, operand: Any, name: str) -> object:
    if operand.type == x86.X86_OP_REG:
        return read.reg_name(operand.reg)
    if operand.type == x86.X86_OP_IMM:
        return operand.imm % 256
    memory = operand.mem
    names = [read.reg_name(r) or "" for r in (memory.segment, memory.base, memory.index)]
    segment, base, index = ("" if n in ("riz", "eiz", "cs") else n for n in names)
    touched = (
        0 if name in _MEMORY_SIZE_UNKNOWN or name in _NOT_TOUCHED or name.startswith("prefetch") else None
    )
    return segment, base, index, memory.scale, memory.disp, operand.size if touched is None else touched


_NOT_TOUCHED = ("lea", "nop", "bndmk")
# Operands that no field holds; model.Instruction has general registers among them in `reads`.
_IMPLICIT = {name: "cl" for name in "rol ror rcl rcr shl shr sar shld shrd".split()}
_IMPLICIT |= {name: "xmm0" for name in ("pblendvb", "blendvps", "blendvpd")}
