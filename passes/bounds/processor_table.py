"""The bounds table of lowering `mpx`: the processor's own, which the host gives it memory for.

It takes the place of runtime/module/bounds_table.c. An entry holds the lower half of the bounds and, as its
upper bound, the sum of both halves: that is what `bndmk` makes of them. A lower half of 0 says that nothing
is known, which is what the processor says of pointers that an entry was not made for.
"""

from __future__ import annotations

from passes.asm.bounds_table import LOAD_ENTRY, STORE_ENTRY

_MOVED = "@fp_bounds_moved"  # where bounds that were loaded go: bound registers have no other way out
_WHOLE = (1 << 32) - 1  # FP_WHOLE of bounds.h

PROCESSOR_TABLE = f"""\
{_MOVED} = internal global {{ i64, i64 }} zeroinitializer, align 16

define hidden {{ i64, i64 }} @fp_bounds_load(ptr %slot, i64 %pointer) alwaysinline nounwind {{
entry:
  call void {LOAD_ENTRY}(ptr %slot, i64 %pointer, ptr {_MOVED})
  %found = load i64, ptr {_MOVED}, align 8
  %complement = load i64, ptr getelementptr (i8, ptr {_MOVED}, i64 8), align 8
  %upper = xor i64 %complement, -1
  %sum = sub i64 %upper, %found
  %unknown = icmp eq i64 %found, 0
  %high = lshr i64 ptrtoint (ptr {_MOVED} to i64), 32
  %arena = shl i64 %high, 32
  %lower = select i1 %unknown, i64 %arena, i64 %found
  %object = select i1 %unknown, i64 {_WHOLE}, i64 %sum
  %half = insertvalue {{ i64, i64 }} zeroinitializer, i64 %lower, 0
  %bounds = insertvalue {{ i64, i64 }} %half, i64 %object, 1
  ret {{ i64, i64 }} %bounds
}}

define hidden void @fp_bounds_store(ptr %slot, i64 %pointer, i64 %lower, i64 %object) alwaysinline nounwind {{
entry:
  call void {STORE_ENTRY}(ptr %slot, i64 %pointer, i64 %lower, i64 %object)
  ret void
}}

define hidden void @fp_bounds_forget(ptr %slot) alwaysinline nounwind {{
entry:
  call void {STORE_ENTRY}(ptr %slot, i64 0, i64 0, i64 0)
  ret void
}}

define hidden zeroext i1 @fp_bounds_is_empty(ptr %slot) alwaysinline nounwind {{
entry:
  ret i1 false
}}

define hidden i32 @fp_bounds_opened() alwaysinline nounwind {{
entry:
  ret i32 0
}}
"""
