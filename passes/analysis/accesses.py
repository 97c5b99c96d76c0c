"""Every memory access of a function, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass

from passes.asm.bounds_table import OPERATION, TABLE_CALLEES
from passes.intrinsics import BULK, INLINE_BULK_MAX, INLINE_MOVE_MAX, MASKED, base_name
from passes.ir.instruction import Instruction
from passes.ir.lexer import IRSyntaxError
from passes.ir.module import Function
from passes.ir.operand import Operand

# opcode -> (index of the pointer operand, kind)
PLAIN = {"load": (0, "read"), "store": (1, "write"), "atomicrmw": (0, "update"), "cmpxchg": (0, "update")}


@dataclass(frozen=True, slots=True)
class MemoryAccess:
    """One access: `size` bytes from `pointer` on; 0 when the host checks the range at run time."""

    block: str
    index: int  # of the instruction in its block
    instruction: Instruction
    pointer: Operand
    kind: str  # "read", "write", "update"
    operation: str
    size: int

    @property
    def is_certain(self) -> bool:
        """Whether executing the instruction touches the first byte, so that an unmapped page faults."""
        return self.operation in PLAIN

    @property
    def is_of_entry(self) -> bool:
        """Whether it is no access of that memory, but of what the processor's bounds table says of it."""
        return self.operation == OPERATION


def collect_accesses(function: Function) -> list[MemoryAccess]:
    """All accesses of `function`, in block order. Raises IRSyntaxError for an unknown address space."""
    found = [
        MemoryAccess(block.label, index, instruction, *fields)
        for block in function.blocks
        for index, instruction in enumerate(block.instructions)
        for fields in _accesses_of(instruction)
    ]
    for access in found:
        if access.pointer.type.text != "ptr":
            raise IRSyntaxError(f"{access.operation} through {access.pointer.type.text} is not allowed")
    return found


def _accesses_of(instruction: Instruction) -> list[tuple[Operand, str, str, int]]:
    if instruction.opcode in PLAIN:
        position, kind = PLAIN[instruction.opcode]
        assert instruction.source is not None
        return [(instruction.operands[position], kind, instruction.opcode, instruction.source.store_size)]
    if instruction.opcode != "call":
        return []
    if instruction.callee in TABLE_CALLEES:
        arguments, found = instruction.arguments, TABLE_CALLEES[instruction.callee]
        return [(arguments[i], kind, operation, size) for i, kind, operation, size in found]
    if not instruction.callee.startswith("@llvm."):
        return []
    name = base_name(instruction.callee)
    arguments = instruction.arguments
    if name in BULK:
        size = inline_length(instruction)
        short = name.removeprefix("llvm.")
        return [
            (arguments[i], kind, short, size) for i, kind in BULK[name] if size or not _is_empty(instruction)
        ]
    if name in MASKED:
        position, kind = MASKED[name]
        vector = arguments[0].type if kind == "write" else instruction.type
        return [(arguments[position], kind, name.removeprefix("llvm."), vector.store_size)]
    return []


def inline_length(instruction: Instruction) -> int:
    """Bytes of a bulk intrinsic that becomes loads and stores; 0 if the host does it."""
    length = instruction.arguments[2].integer
    most = INLINE_MOVE_MAX if base_name(instruction.callee) == "llvm.memmove" else INLINE_BULK_MAX
    return length if length is not None and length <= most else 0


def _is_empty(instruction: Instruction) -> bool:
    return instruction.arguments[2].integer == 0
