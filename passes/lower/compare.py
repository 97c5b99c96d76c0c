"""Software compare: `root - first > last - first` traps, these being the region's.

The arena is 4 GiB-aligned and only its lower half holds mappings, so the check is one addition of the negated
base (the low half of any address in it minus that address, kept in a register) and one comparison with a
32-bit immediate: `lea -first(root,neg), t; cmp $last, t; ja`. Where the packets of a batch are, the host says
in two thread-local variables.
The trap is `ud1q ID(%root), %root`: the host reads the address from the register and the guard's number from
the displacement, so a report names the line without debug information.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Self

from passes.analysis.values import Values
from passes.ir.instruction import Instruction
from passes.ir.lexer import tokenize
from passes.ir.operand import Operand
from passes.lower.lowering import IMAGE_START, GuardText
from passes.model import Region

_WINDOW, _WINDOW_REACH = "__fp_window", "__fp_window_reach"  # FP_SYM_WINDOW and FP_SYM_WINDOW_REACH
# Some address of the arena, and where the base has zeros: the host chooses how far from it the image lies.
_IMAGE, _LOW_HALF = "ptrtoint (ptr @__ehdr_start to i64)", "4294967295"
_IMAGE_TOKENS = " ".join(tokenize(_IMAGE))
_TRAP = 'asm sideeffect "ud1q ${1:c}($0), $0", "r,i"'


@dataclass(frozen=True)
class Compare:
    """The lowering; `regions` are the first and last byte of those that are where they are for ever, from the
    arena's base on."""

    regions: Mapping[Region, tuple[int, int]]
    name: str = "compare"
    confines: bool = False
    requires: str = ""
    check_callees: frozenset[str] = frozenset()
    bounds_table: str = ""
    table_callees: frozenset[str] = frozenset()
    variables: tuple[str, ...] = (_WINDOW, _WINDOW_REACH)
    declarations: tuple[str, ...] = (
        IMAGE_START,
        f"@{_WINDOW} = external thread_local(initialexec) global i64, align 8",
        f"@{_WINDOW_REACH} = external thread_local(initialexec) global i64, align 8",
    )

    @property
    def trap_callee(self) -> str:
        return _TRAP.replace('", "', '" , "')

    def enter_function(self, regions: Set[Region]) -> list[str]:
        lines = []
        if regions - {Region.PACKETS}:
            lines += [
                f"%fp.image = and i64 {_IMAGE}, {_LOW_HALF}",
                f"%fp.negated = sub i64 %fp.image, {_IMAGE}",
            ]
        if Region.PACKETS in regions:
            lines += [
                f"%fp.window = load i64, ptr @{_WINDOW}, align 8",
                f"%fp.window.reach = load i64, ptr @{_WINDOW_REACH}, align 8",
            ]
        return lines

    def guard(self, number: int, pointer: str, region: Region, suffix: str) -> GuardText:
        name = f"%fp.g{number}"
        after, trap = f"{name}.passed", f"{name}.trap"
        lines = [
            f"{name}.address = ptrtoint ptr {pointer} to i64",
            *self._compare(name, region),
            f"br i1 {name}.outside, label {trap}, label {after}{suffix}",
            f"{after[1:]}:",
        ]
        asm = f"{_TRAP}(i64 {name}.address, i32 {number})"
        cold = [f"{trap[1:]}:", f"call void {asm}{suffix.partition(', !prof')[0]}", "unreachable"]
        return GuardText(lines, after, cold)

    def _compare(self, name: str, region: Region) -> list[str]:
        if region == Region.PACKETS:
            return [
                f"{name}.distance = add i64 {name}.address, %fp.window",
                f"{name}.outside = icmp ugt i64 {name}.distance, %fp.window.reach",
            ]
        first, last = self.regions[region]
        beyond = [f"{name}.beyond = sub i64 {name}.distance, {first}"] if first else []
        return [
            f"{name}.distance = add i64 {name}.address, %fp.negated",
            *beyond,
            f"{name}.outside = icmp ugt i64 {name}.{'beyond' if first else 'distance'}, {last - first}",
        ]

    def checked_pointer(self, check: Instruction, values: Values) -> Operand | None:
        if check.opcode != "icmp" or check.predicate != "ugt":
            return None
        if _is_loaded(values, check.operands[1], _WINDOW_REACH):
            return _in_window(check, values)
        distance, first = values.definitions.get(check.operands[0].text), 0
        if distance is not None and distance.opcode == "sub":
            first = distance.operands[1].integer or 0
            distance = values.definitions.get(distance.operands[0].text)
        size = check.operands[1].integer
        if size is None or (first, first + size) not in self.regions.values():
            return None
        if distance is None or distance.opcode != "add":
            return None
        address, negated = (values.definitions.get(o.text) for o in distance.operands)
        if address is None or negated is None or address.opcode != "ptrtoint":
            return None
        return address.operands[0] if _is_negated_base(negated, values) else None

    def with_bounds(self) -> Self:
        return self

    def finish_assembly(self, assembly: str, kinds: Set[str]) -> str:
        return assembly


def find_regions(abi: Mapping[str, int]) -> Mapping[Region, tuple[int, int]]:
    """First and last address of each region that is at one place, from the arena's base on.

    The last is that of no byte: pointers may be one past the end of what they point into.
    """
    stacks = abi["FP_STACK_OFFSET"]
    return {
        Region.OBJECTS: (0, abi["FP_HEAP_LIMIT"]),  # nothing is mapped below the image
        Region.STACK: (stacks, stacks + abi["FP_STACK_SLOTS"] * abi["FP_STACK_SLOT"]),
        Region.ARENA: (0, abi["FP_ARENA_REACH"]),
    }


def _is_negated_base(negated: Instruction, values: Values) -> bool:
    """Whether it is how far an address in the arena is from the base, minus that address."""
    if negated.opcode != "sub" or negated.operands[1].text != _IMAGE_TOKENS:
        return False
    low = values.definitions.get(negated.operands[0].text)
    return (
        low is not None
        and low.opcode == "and"
        and [o.text for o in low.operands] == [_IMAGE_TOKENS, _LOW_HALF]
    )


def _in_window(compare: Instruction, values: Values) -> Operand | None:
    """The pointer that is in the window of the batch's packets unless the comparison with its reach holds."""
    distance = values.definitions.get(compare.operands[0].text)
    if compare.predicate != "ugt" or distance is None or distance.opcode != "add":
        return None
    address = values.definitions.get(distance.operands[0].text)
    if address is None or address.opcode != "ptrtoint":
        return None
    return address.operands[0] if _is_loaded(values, distance.operands[1], _WINDOW) else None


def _is_loaded(values: Values, operand: Operand, variable: str) -> bool:
    """Whether it is all of the variable."""
    return operand.type.store_size == 8 and values.is_load_of(operand.text, variable)
