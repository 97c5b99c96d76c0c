"""Software compare: `root - base > reach` traps, base being the arena's.

The arena is 4 GiB-aligned and only its lower half holds mappings, so the check is one addition of the negated
base (kept in a register) and one comparison with a 32-bit immediate: `lea (root,neg), t; cmp $reach, t; ja`.
The trap is `ud1q ID(%root), %root`: the host reads the address from the register and the guard's number from
the displacement, so a report names the line without debug information.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from passes.analysis.values import Values
from passes.ir.instruction import Instruction
from passes.ir.lexer import tokenize
from passes.ir.operand import Operand
from passes.lower.lowering import IMAGE_START, GuardText
from passes.model import Region

_TRAP = 'asm sideeffect "ud1q ${1:c}($0), $0", "r,i"'


@dataclass(frozen=True)
class Compare:
    """The lowering; `reach` and `image_offset` are FP_ARENA_REACH and FP_IMAGE_OFFSET."""

    reach: int
    image_offset: int
    name: str = "compare"
    confines: bool = False
    requires: str = ""
    check_callees: frozenset[str] = frozenset()

    @property
    def declarations(self) -> tuple[str, ...]:
        return (IMAGE_START,)

    @property
    def trap_callee(self) -> str:
        return _TRAP.replace('", "', '" , "')

    @property
    def _base(self) -> str:
        """The image starts FP_IMAGE_OFFSET above the arena's base."""
        return f"ptrtoint (ptr getelementptr (i8, ptr @__ehdr_start, i64 -{self.image_offset}) to i64)"

    def enter_function(self) -> list[str]:
        return [f"%fp.negated = sub i64 0, {self._base}"]

    def guard(self, number: int, pointer: str, region: Region, suffix: str) -> GuardText:
        name = f"%fp.g{number}"
        after, trap = f"{name}.passed", f"{name}.trap"
        lines = [
            f"{name}.address = ptrtoint ptr {pointer} to i64",
            f"{name}.distance = add i64 {name}.address, %fp.negated",
            f"{name}.outside = icmp ugt i64 {name}.distance, {self.reach}",
            f"br i1 {name}.outside, label {trap}, label {after}{suffix}",
            f"{after[1:]}:",
        ]
        asm = f"{_TRAP}(i64 {name}.address, i32 {number})"
        cold = [f"{trap[1:]}:", f"call void {asm}{suffix.partition(', !prof')[0]}", "unreachable"]
        return GuardText(lines, after, cold)

    def checked_pointer(self, check: Instruction, values: Values) -> Operand | None:
        if check.opcode != "icmp":
            return None
        compare, distance = check, values.definitions.get(check.operands[0].text)
        if compare.predicate != "ugt" or compare.operands[1].integer != self.reach or distance is None:
            return None
        if distance.opcode != "add":
            return None
        address, negated = (values.definitions.get(o.text) for o in distance.operands)
        if address is None or negated is None or address.opcode != "ptrtoint":
            return None
        base = " ".join(tokenize(self._base))
        if negated.opcode != "sub" or [o.text for o in negated.operands] != ["0", base]:
            return None
        return address.operands[0]

    def finish_assembly(self, assembly: str, kinds: Set[str]) -> str:
        return assembly
