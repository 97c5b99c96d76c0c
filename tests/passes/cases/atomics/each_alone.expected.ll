; load: load, read of 4 at %p+0: unguarded, not_asked_by_mode
; store: store, write of 4 at %p+0: guarded, first_access_to_root, guard 0
; exchange: cmpxchg, update of 4 at %p+0: guarded, first_access_to_root, guard 1
; count: atomicrmw, update of 4 at %p+0: covered, advances_by_stride, guard 2
; store: guard 0 of %p: access
; exchange: guard 1 of %p: access
; count: guard 2 of %p: loop entry

define internal i32 @load(ptr %p) #0 {
entry:
  %a = load atomic i32 , ptr %p acquire , align 4
  ret i32 %a
}
define internal void @store(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store atomic i32 1 , ptr %p seq_cst , align 4
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
define internal i1 @exchange(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %fp.g1.address = ptrtoint ptr %p to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %pair = cmpxchg ptr %p , i32 0 , i32 1 seq_cst seq_cst , align 4
  %done = extractvalue { i32 , i1 } %pair , 1
  ret i1 %done
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
define internal void @count(ptr %p, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.e2 = freeze ptr %p
  %fp.g2.address = ptrtoint ptr %fp.e2 to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  br label %loop
loop:
  %i = phi i64 [ 0, %fp.g2.passed ], [ %next, %loop ]
  %at = getelementptr i32 , ptr %p , i64 %i
  %old = atomicrmw volatile add ptr %at , i32 1 monotonic , align 4
  %next = add i64 %i , 1
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  ret void
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
}
