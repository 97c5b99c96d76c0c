"""Software compare: `root - first > last - first` traps, these being the region's.

The arena is 4 GiB-aligned and only its lower half holds mappings, so the check is one addition of the negated
base (kept in a register) and one comparison with a 32-bit immediate: `lea -first(root,neg), t; cmp $last, t;
ja`.
The trap is `ud1q ID(%root), %root`: the host reads the address from the register and the guard's number from
the displacement, so a report names the line without debug information.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
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
    """The lowering; `regions` are the first and last byte of each, from the arena's base on."""

    regions: Mapping[Region, tuple[int, int]]
    image_offset: int  # FP_IMAGE_OFFSET
    name: str = "compare"
    confines: bool = False

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
        first, last = self.regions[region]
        beyond = [f"{name}.beyond = sub i64 {name}.distance, {first}"] if first else []
        lines = [
            f"{name}.address = ptrtoint ptr {pointer} to i64",
            f"{name}.distance = add i64 {name}.address, %fp.negated",
            *beyond,
            f"{name}.outside = icmp ugt i64 {name}.{'beyond' if first else 'distance'}, {last - first}",
            f"br i1 {name}.outside, label {trap}, label {after}{suffix}",
            f"{after[1:]}:",
        ]
        asm = f"{_TRAP}(i64 {name}.address, i32 {number})"
        cold = [f"{trap[1:]}:", f"call void {asm}{suffix.partition(', !prof')[0]}", "unreachable"]
        return GuardText(lines, after, cold)

    def checked_pointer(self, compare: Instruction, values: Values) -> Operand | None:
        distance, first = values.definitions.get(compare.operands[0].text), 0
        if distance is not None and distance.opcode == "sub":
            first = distance.operands[1].integer or 0
            distance = values.definitions.get(distance.operands[0].text)
        size = compare.operands[1].integer
        if compare.predicate != "ugt" or size is None or (first, first + size) not in self.regions.values():
            return None
        if distance is None or distance.opcode != "add":
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
