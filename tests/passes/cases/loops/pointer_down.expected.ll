; back: store, write of 8 at %p-16: covered, advances_by_stride, guard 0
; back: store, write of 8 at %p-8: covered, advances_by_stride, guard 0
; back: guard 0 of %end: loop entry

define internal void @back(ptr %end, ptr %start) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.e0.o = getelementptr i8, ptr %end, i64 -16
  %fp.e0 = freeze ptr %fp.e0.o
  %fp.g0.address = ptrtoint ptr %fp.e0 to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  br label %loop
loop:
  %p = phi ptr [ %end, %fp.g0.passed ], [ %down, %loop ]
  %down = getelementptr i8 , ptr %p , i64 -16
  store volatile i64 0 , ptr %down , align 8
  %half = getelementptr i8 , ptr %p , i64 -8
  store i64 1 , ptr %half , align 8
  %stop = icmp eq ptr %down , %start
  br i1 %stop , label %done , label %loop
done:
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
