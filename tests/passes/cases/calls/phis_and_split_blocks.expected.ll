; split: load, read of 8 at %p+0: guarded, first_access_to_root, guard 0
; split: load, read of 8 at %p+0: covered, served_by_guard, guard 0
; split: load, read of 8 at %q+0: guarded, first_access_to_root, guard 1
; split: guard 0 of %p: access
; split: guard 1 of %q: access

define internal i64 @split(ptr %fp.raw0, i32 %x) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %v = load i64 , ptr %p , align 8
  switch i32 %x , label %other [ i32 1 , label %join i32 2 , label %join i32 3 , label %other ]
other:
  %fp.raw1 = load ptr , ptr %p , align 8
  %q = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %q to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %w = load i64 , ptr %q , align 8
  br label %join
join:
  %r = phi i64 [ %v, %fp.g0.passed ], [ %v, %fp.g0.passed ], [ %w, %fp.g1.passed ]
  ret i64 %r
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
