"""Bound registers: `bndcl root, bndN; bndcu root, bndN` trap where the root lies outside region N.

The host loads one bound register a region whenever it enters a module. A check has no branch, reads no
memory and leaves the flags alone. Code is generated with stand-ins; `finish_assembly` puts the instructions
in their place (passes/asm/checks.py).

Fails open: where MPX is absent or off, a check does nothing. The host refuses to run such a module there.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Self

from passes.analysis.values import Values
from passes.asm.bounds_table import TABLE_CALLEES, encode_table
from passes.asm.checks import encode_checks, write_check
from passes.bounds.processor_table import PROCESSOR_TABLE
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand
from passes.lower.lowering import IMAGE_START, GuardText
from passes.model import Region


@dataclass(frozen=True)
class Mpx:
    """The lowering; `registers` are the numbers FP_BOUNDS_* of the regions' bound registers, `moving` is
    FP_BOUNDS_MOVING."""

    registers: Mapping[Region, int]
    moving: int
    bounds_table: str = ""
    name: str = "mpx"
    confines: bool = False
    requires: str = "mpx"
    declarations: tuple[str, ...] = (IMAGE_START,)
    variables: tuple[str, ...] = ()
    trap_callee: str = ""

    @property
    def check_callees(self) -> frozenset[str]:
        return frozenset(_asm(number).replace('", "', '" , "') for number in self.registers.values())

    @property
    def table_callees(self) -> frozenset[str]:
        return frozenset(TABLE_CALLEES if self.bounds_table else ())

    def enter_function(self, regions: Set[Region]) -> list[str]:
        return []

    def guard(self, number: int, pointer: str, region: Region, suffix: str) -> GuardText:
        call = f"call void {_asm(self.registers[region])}(ptr {pointer}, i32 {number})"
        return GuardText([call + suffix.partition(", !prof")[0]], "")

    def checked_pointer(self, check: Instruction, values: Values) -> Operand | None:
        is_check = check.opcode == "call" and check.callee in self.check_callees
        return check.arguments[0] if is_check else None

    def with_bounds(self) -> Self:
        """One register moves bounds, so its region is checked as what it is part of, the arena."""
        arena = self.registers[Region.ARENA]
        registers = {r: arena if n == self.moving else n for r, n in self.registers.items()}
        return replace(self, registers=registers, bounds_table=PROCESSOR_TABLE)

    def finish_assembly(self, assembly: str, kinds: Set[str]) -> str:
        checked = encode_checks(assembly)
        return encode_table(checked, self.moving) if self.bounds_table else checked


def _asm(register: int) -> str:
    """Inline assembly that checks operand 0 for the guard of the number that is operand 1."""
    return f'asm sideeffect "{write_check("$0", register, "${1:c}")}", "r,i"'
