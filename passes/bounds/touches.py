"""What each instruction touches, as far as bounds say something about it: plain accesses and known calls."""

from __future__ import annotations

from dataclasses import dataclass

from passes.analysis.accesses import PLAIN
from passes.bounds.known_calls import SEARCHES, TOUCHES
from passes.bounds.program import Program
from passes.intrinsics import base_name
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand


@dataclass(frozen=True, slots=True)
class Touch:
    """`size` bytes from `pointer` on; if that is -1, as many as `length` (an integer) says.

    `after`: only what the call returned tells how many bytes it has read.
    """

    instruction: Instruction
    pointer: Operand
    kind: str  # "read", "write", "update"
    size: int = -1
    length: Operand | None = None
    after: bool = False


def known_name(call: Instruction, program: Program) -> str:
    """The name under which known_calls.py knows the function, "" for one of the module's own making."""
    plain = base_name(call.callee) if call.callee.startswith("@llvm.") else call.callee[1:]
    if call.callee in program.module.functions and call.callee not in program.exempt:
        return ""
    return plain if call.operands[-1].is_global else ""


def touches_of(instruction: Instruction, program: Program) -> list[Touch]:
    """What `instruction` touches, in the order in which it is checked."""
    if instruction.opcode in PLAIN:
        position, kind = PLAIN[instruction.opcode]
        assert instruction.source is not None
        return [Touch(instruction, instruction.operands[position], kind, instruction.source.store_size)]
    if instruction.opcode != "call":
        return []
    name, arguments = known_name(instruction, program), instruction.arguments
    if name in SEARCHES and arguments:
        return [Touch(instruction, arguments[0], "read", after=True)]
    touched = TOUCHES.get(name, ())
    if any(length >= len(arguments) for _, _, length in touched):
        return []  # called by another type than it has
    found = []
    for position, kind, length in touched:
        count = arguments[length].integer
        if count is None:
            found.append(Touch(instruction, arguments[position], kind, length=arguments[length]))
        elif count:
            found.append(Touch(instruction, arguments[position], kind, count))
    return found
