; maybe: store, write of 1 at %p+0: covered, advances_by_stride, guard 0
; maybe: guard 0 of %p: loop entry

define internal void @maybe(ptr %p, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %any = icmp ne i64 %n , 0
  br i1 %any , label %fp.edge0 , label %done
loop:
  %i = phi i64 [ 0, %fp.g0.passed ], [ %next, %loop ]
  %at = getelementptr i8 , ptr %p , i64 %i
  store volatile i8 0 , ptr %at , align 1
  %next = add i64 %i , 1
  %more = icmp ne i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  %turns = phi i64 [ 0, %entry ], [ %next, %loop ]
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.edge0:
  %fp.e0 = freeze ptr %p
  %fp.g0.address = ptrtoint ptr %fp.e0 to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  br label %loop
}
