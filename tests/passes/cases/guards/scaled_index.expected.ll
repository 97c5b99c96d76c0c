; swap: load, read of 4 at %p+0: guarded, first_access_to_root, guard 0
; swap: load, read of 4 at %p+4: covered, served_by_guard, guard 0
; swap: store, write of 4 at %p+0: covered, served_by_guard, guard 0
; swap: store, write of 4 at %p+4: covered, served_by_guard, guard 0
; swap: store, write of 4 at %p+0: covered, served_by_guard, guard 0
; swap: guard 0 of %p: access

define internal void @swap(ptr %p, i64 %i) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.raw0 = getelementptr i32 , ptr %p , i64 %i
  %at = freeze ptr %fp.raw0
  %next = getelementptr i8 , ptr %at , i64 4
  %fp.g0.address = ptrtoint ptr %at to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %a = load i32 , ptr %at , align 4
  %b = load i32 , ptr %next , align 4
  store i32 %b , ptr %at , align 4
  store i32 %a , ptr %next , align 4
  %same = shl i64 %i , 2
  %again = getelementptr i8 , ptr %p , i64 %same
  store i32 0 , ptr %again , align 4
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
