; set: store, write of 1 at %p+2147483647: guarded, first_access_to_root, guard 0
; set: store, write of 1 at %p+2147483648: guarded, first_access_to_root, guard 1
; set: store, write of 4 at %p+2147483645: covered, served_by_guard, guard 1
; set: store, write of 1 at %p-65535: covered, served_by_guard, guard 0
; set: guard 0 of %p: access
; set: guard 1 of %p: access

define internal void @set(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %last = getelementptr i8 , ptr %p , i64 2147483647
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i8 1 , ptr %last , align 1
  %fp.raw1 = getelementptr i8 , ptr %p , i64 2147483648
  %beyond = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %beyond to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i8 1 , ptr %beyond , align 1
  %crossing = getelementptr i8 , ptr %p , i64 2147483645
  store i32 1 , ptr %crossing , align 1
  %before = getelementptr i8 , ptr %p , i64 -65535
  store i8 1 , ptr %before , align 1
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
