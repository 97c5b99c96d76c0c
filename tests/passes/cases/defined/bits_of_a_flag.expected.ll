; flag: load, read of 1 at %p+0: guarded, first_access_to_root, guard 0
; flag: load, read of 1 at %p+0: covered, served_by_guard, guard 0
; flag: load, read of 3 at %p+0: covered, served_by_guard, guard 0
; flag: load, read of 4 at %table+0: guarded, first_access_to_root, guard 1
; flag: guard 0 of %p: access
; flag: guard 1 of %table: access

define internal i32 @flag(ptr %fp.raw0, ptr %fp.raw1) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %table = freeze ptr %fp.raw1
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %fp.whole1 = load i8 , ptr %p , align 1
  %flag = trunc i8 %fp.whole1 to i1
  %fp.whole2 = load volatile i8 , ptr %p , align 1
  %volatile = trunc i8 %fp.whole2 to i1
  %odd = load i24 , ptr %p , align 4
  %i = zext i1 %flag to i64
  %at = getelementptr i32 , ptr %table , i64 %i
  %fp.g1.address = ptrtoint ptr %table to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %v = load i32 , ptr %at , align 4
  %both = and i1 %flag , %volatile
  %w = zext i1 %both to i32
  %o = zext i24 %odd to i32
  %s = add i32 %v , %w
  %t = add i32 %s , %o
  ret i32 %t
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
