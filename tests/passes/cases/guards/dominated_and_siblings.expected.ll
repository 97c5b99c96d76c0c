; choose: load, read of 4 at %p+0: guarded, first_access_to_root, guard 0
; choose: load, read of 4 at %p+0: covered, served_by_guard, guard 0
; choose: store, write of 4 at %q+0: guarded, first_access_to_root, guard 2
; choose: store, write of 4 at %q+8: guarded, first_access_to_root, guard 3
; choose: load, read of 4 at %q+0: guarded, first_access_to_root, guard 1
; choose: guard 0 of %p: access
; choose: guard 1 of %q: access
; choose: guard 2 of %q: access
; choose: guard 3 of %q: access

define internal i32 @choose(i1 %which, ptr %fp.raw0, ptr %fp.raw1) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %q = freeze ptr %fp.raw1
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %first = load i32 , ptr %p , align 4
  br i1 %which , label %left , label %right
left:
  %again = load i32 , ptr %p , align 4
  %fp.g2.address = ptrtoint ptr %q to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i32 %first , ptr %q , align 4
  br label %join
right:
  %other.at = getelementptr i8 , ptr %q , i64 8
  %fp.g3.address = ptrtoint ptr %q to i64
  %fp.g3.distance = add i64 %fp.g3.address, %fp.negated
  %fp.g3.outside = icmp ugt i64 %fp.g3.distance, 2147483647
  br i1 %fp.g3.outside, label %fp.g3.trap, label %fp.g3.passed, !prof !0
fp.g3.passed:
  store i32 2 , ptr %other.at , align 4
  br label %join
join:
  %result = phi i32 [ %again, %fp.g2.passed ], [ 0, %fp.g3.passed ]
  %fp.g1.address = ptrtoint ptr %q to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %last = load i32 , ptr %q , align 4
  %sum = add i32 %result , %last
  ret i32 %sum
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
fp.g3.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g3.address, i32 3)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
