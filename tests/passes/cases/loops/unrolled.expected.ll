; sum: load, read of 4 at %p+0: covered, advances_by_stride, guard 0
; sum: load, read of 4 at %p+4: covered, advances_by_stride, guard 0
; sum: load, read of 4 at %p+8: covered, advances_by_stride, guard 0
; sum: guard 0 of %p: loop entry

define internal i32 @sum(ptr %p, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.e0 = freeze ptr %p
  %fp.g0.address = ptrtoint ptr %fp.e0 to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  br label %loop
loop:
  %i = phi i64 [ 0, %fp.g0.passed ], [ %next, %loop ]
  %s = phi i32 [ 0, %fp.g0.passed ], [ %s3, %loop ]
  %a0 = getelementptr i32 , ptr %p , i64 %i
  %v0 = load volatile i32 , ptr %a0 , align 4
  %a1 = getelementptr i8 , ptr %a0 , i64 4
  %v1 = load i32 , ptr %a1 , align 4
  %a2 = getelementptr i8 , ptr %a0 , i64 8
  %v2 = load i32 , ptr %a2 , align 4
  %s1 = add i32 %s , %v0
  %s2 = add i32 %s1 , %v1
  %s3 = add i32 %s2 , %v2
  %next = add i64 %i , 4
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  ret i32 %s3
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
