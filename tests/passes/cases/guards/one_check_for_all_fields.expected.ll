; sum: load, read of 4 at %r+0: guarded, first_access_to_root, guard 0
; sum: load, read of 2 at %r+4: covered, served_by_guard, guard 0
; sum: load, read of 1 at %r+9: covered, served_by_guard, guard 0
; sum: load, read of 8 at %r+16: covered, served_by_guard, guard 0
; sum: store, write of 8 at %r+0: covered, served_by_guard, guard 0
; sum: guard 0 of %r: access

%record = type { i32, i16, [4 x i8], i64 }
define internal i64 @sum(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %r = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %r to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %a = load i32 , ptr %r , align 8
  %b.at = getelementptr %record , ptr %r , i64 0 , i32 1
  %b = load i16 , ptr %b.at , align 4
  %c.at = getelementptr %record , ptr %r , i64 0 , i32 2 , i64 3
  %c = load i8 , ptr %c.at , align 1
  %d.at = getelementptr %record , ptr %r , i64 0 , i32 3
  %d = load i64 , ptr %d.at , align 8
  store i64 %d , ptr %r , align 8
  ret i64 %d
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
