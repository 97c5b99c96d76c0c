; mark: load, read of 1 at %q+0: covered, advances_by_stride, guard 0
; mark: store, write of 4 at %p+0: guarded, first_access_to_root, guard 1
; mark: guard 0 of %q: loop entry
; mark: guard 1 of %p: access

define internal void @mark(ptr %p, ptr %q, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.e0 = freeze ptr %q
  %fp.g0.address = ptrtoint ptr %fp.e0 to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  br label %loop
loop:
  %i = phi i64 [ 0, %fp.g0.passed ], [ %next, %step ]
  %flag.at = getelementptr i8 , ptr %q , i64 %i
  %flag = load volatile i8 , ptr %flag.at , align 1
  %is = icmp eq i8 %flag , 0
  br i1 %is , label %step , label %touch
touch:
  %fp.raw0 = getelementptr i32 , ptr %p , i64 %i
  %at = freeze ptr %fp.raw0
  %fp.g1.address = ptrtoint ptr %at to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i32 1 , ptr %at , align 4
  br label %step
step:
  %next = add i64 %i , 1
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
