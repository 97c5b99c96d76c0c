; jump: store, write of 1 at %p+0: guarded, first_access_to_root, guard 0
; jump: guard 0 of %p: access

define internal void @jump(ptr %p, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %fp.g0.passed ]
  %fp.raw0 = getelementptr i8 , ptr %p , i64 %i
  %at = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %at to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i8 0 , ptr %at , align 1
  %next = add i64 %i , 2147483648
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
