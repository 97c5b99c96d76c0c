; copy: load, read of 4 at %from+0: unguarded, not_asked_by_mode
; copy: store, write of 4 at %to+0: guarded, first_access_to_root, guard 0
; copy: atomicrmw, update of 4 at %from+0: guarded, first_access_to_root, guard 1
; copy: guard 0 of %to: access
; copy: guard 1 of %from: access

define internal i32 @copy(ptr %fp.raw0, ptr %fp.raw1) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %to = freeze ptr %fp.raw0
  %from = freeze ptr %fp.raw1
  %value = load i32 , ptr %from , align 4
  %fp.g0.address = ptrtoint ptr %to to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i32 %value , ptr %to , align 4
  %fp.g1.address = ptrtoint ptr %from to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %seen = atomicrmw add ptr %from , i32 1 monotonic , align 4
  ret i32 %seen
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
