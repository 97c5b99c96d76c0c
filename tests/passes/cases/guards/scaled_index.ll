; An index nobody bounds is part of the root; two accesses at a constant distance share the guard.
define void @swap(ptr %p, i64 %i) {
entry:
  %at = getelementptr inbounds i32, ptr %p, i64 %i
  %next = getelementptr inbounds i8, ptr %at, i64 4
  %a = load i32, ptr %at, align 4
  %b = load i32, ptr %next, align 4
  store i32 %b, ptr %at, align 4
  store i32 %a, ptr %next, align 4
  %same = shl i64 %i, 2
  %again = getelementptr i8, ptr %p, i64 %same
  store i32 0, ptr %again, align 4
  ret void
}
