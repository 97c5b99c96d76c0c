; by_byte: load, read of 1 at %p+0: guarded, first_access_to_root, guard 0
; by_byte: load, read of 1 at %p+0: covered, served_by_guard, guard 0
; by_byte: load, read of 1 at %p+0: guarded, first_access_to_root, guard 1
; by_byte: load, read of 1 at %p+0: guarded, first_access_to_root, guard 2
; by_byte: guard 0 of %p: access
; by_byte: guard 1 of %p: access
; by_byte: guard 2 of %p: access

define internal i8 @by_byte(ptr %fp.raw0, i8 %x, i32 %y) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %i = zext i8 %x to i64
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %first = load i8 , ptr %p , align 1
  %at = getelementptr i8 , ptr %p , i64 %i
  %v = load i8 , ptr %at , align 1
  %j = zext i32 %y to i64
  %fp.raw1 = getelementptr i8 , ptr %p , i64 %j
  %far = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %far to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %w = load i8 , ptr %far , align 1
  %k = sext i8 %x to i64
  %fp.raw2 = getelementptr i8 , ptr %p , i64 %k
  %signed = freeze ptr %fp.raw2
  %fp.g2.address = ptrtoint ptr %signed to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  %u = load i8 , ptr %signed , align 1
  ret i8 %u
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
}
