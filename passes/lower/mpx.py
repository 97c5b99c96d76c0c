"""Bound registers: `bndcl root, bndN; bndcu root, bndN` trap where the root lies outside region N.

The host loads one bound register a region whenever it enters a module. A check has no branch, reads no
memory and leaves the flags alone. Code is generated with stand-ins; `finish_assembly` puts the instructions
in their place (passes/asm/checks.py).

Fails open: where MPX is absent or off, a check does nothing. The host refuses to run such a module there.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from passes.analysis.values import Values
from passes.asm.checks import encode_checks, write_check
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand
from passes.lower.lowering import IMAGE_START, GuardText
from passes.model import Region


@dataclass(frozen=True)
class Mpx:
    """The lowering; `registers` are the numbers FP_BOUNDS_* of the regions' bound registers."""

    registers: Mapping[Region, int]
    name: str = "mpx"
    confines: bool = False
    requires: str = "mpx"
    declarations: tuple[str, ...] = (IMAGE_START,)
    variables: tuple[str, ...] = ()
    trap_callee: str = ""

    @property
    def check_callees(self) -> frozenset[str]:
        return frozenset(_asm(number).replace('", "', '" , "') for number in self.registers.values())

    def enter_function(self, regions: Set[Region]) -> list[str]:
        return []

    def guard(self, number: int, pointer: str, region: Region, suffix: str) -> GuardText:
        call = f"call void {_asm(self.registers[region])}(ptr {pointer}, i32 {number})"
        return GuardText([call + suffix.partition(", !prof")[0]], "")

    def checked_pointer(self, check: Instruction, values: Values) -> Operand | None:
        is_check = check.opcode == "call" and check.callee in self.check_callees
        return check.arguments[0] if is_check else None

    def finish_assembly(self, assembly: str, kinds: Set[str]) -> str:
        return encode_checks(assembly)


def _asm(register: int) -> str:
    """Inline assembly that checks operand 0 for the guard of the number that is operand 1."""
    return f'asm sideeffect "{write_check("$0", register, "${1:c}")}", "r,i"'
