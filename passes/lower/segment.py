"""Confinement by segment: no check at all, every address is cut to 32 bits and added to the arena's base.

The IR carries no guards. After code generation each operand that must be confined becomes gs-relative with a
32-bit address (passes/asm/confine.py), so whatever a register holds, the access lands in the arena or faults:
no branch to mispredict, no instruction added. The native stack is not reachable that way; every local lies on
the module stack.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Self

from passes.analysis.values import Values
from passes.asm.confine import confine_operands
from passes.ir.instruction import Instruction
from passes.ir.operand import Operand
from passes.lower.lowering import IMAGE_START, GuardText
from passes.model import Region


@dataclass(frozen=True)
class Segment:
    """The lowering; it has no numbers: the arena's base is in gs."""

    name: str = "segment"
    confines: bool = True
    requires: str = ""
    declarations: tuple[str, ...] = (IMAGE_START,)
    variables: tuple[str, ...] = ()
    trap_callee: str = ""
    check_callees: frozenset[str] = frozenset()
    bounds_table: str = ""
    table_callees: frozenset[str] = frozenset()

    def enter_function(self, regions: Set[Region]) -> list[str]:
        return []

    def guard(self, number: int, pointer: str, region: Region, suffix: str) -> GuardText:
        raise NotImplementedError("accesses are confined, not guarded")

    def checked_pointer(self, check: Instruction, values: Values) -> Operand | None:
        return None

    def with_bounds(self) -> Self:
        return self

    def finish_assembly(self, assembly: str, kinds: Set[str]) -> str:
        return confine_operands(assembly, kinds)
