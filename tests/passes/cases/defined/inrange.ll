; A GEP's `inrange` is a promise about accesses, too.
@vtable = internal constant [4 x ptr] zeroinitializer, align 8

define ptr @entry_of() {
entry:
  %p = load ptr, ptr getelementptr inrange(-8, 24) ([4 x ptr], ptr @vtable, i64 0, i64 1), align 8
  ret ptr %p
}
