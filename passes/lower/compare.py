"""Software compare: `root - base > reach` traps, base being the arena's.

The arena is 4 GiB-aligned and only its lower half holds mappings, so the check is one addition of the negated
base (kept in a register) and one comparison with a 32-bit immediate: `lea (root,neg), t; cmp $reach, t; ja`.
The trap is `ud1q ID(%root), %root`: the host reads the address from the register and the guard's number from
the displacement, so a report names the line without debug information.
"""

from __future__ import annotations

from dataclasses import dataclass

from passes.lower.lowering import GuardText


@dataclass(frozen=True)
class Compare:
    """The lowering; `reach` and `image_offset` are FP_ARENA_REACH and FP_IMAGE_OFFSET."""

    reach: int
    image_offset: int
    name: str = "compare"

    @property
    def declarations(self) -> tuple[str, ...]:
        # The linker defines __ehdr_start at the image's first byte, FP_IMAGE_OFFSET above the base.
        return ("@__ehdr_start = external hidden constant i8",)

    def enter_function(self) -> list[str]:
        base = f"ptrtoint (ptr getelementptr (i8, ptr @__ehdr_start, i64 -{self.image_offset}) to i64)"
        return [f"%fp.negated = sub i64 0, {base}"]

    def guard(self, number: int, pointer: str, suffix: str) -> GuardText:
        name = f"%fp.g{number}"
        after, trap = f"{name}.passed", f"{name}.trap"
        lines = [
            f"{name}.address = ptrtoint ptr {pointer} to i64",
            f"{name}.distance = add i64 {name}.address, %fp.negated",
            f"{name}.outside = icmp ugt i64 {name}.distance, {self.reach}",
            f"br i1 {name}.outside, label {trap}, label {after}{suffix}",
            f"{after[1:]}:",
        ]
        asm = f'asm sideeffect "ud1q ${{1:c}}($0), $0", "r,i"(i64 {name}.address, i32 {number})'
        cold = [f"{trap[1:]}:", f"call void {asm}{suffix.partition(', !prof')[0]}", "unreachable"]
        return GuardText(lines, after, cold)
