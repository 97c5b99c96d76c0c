; zero: store, write of 4 at %p+0: covered, advances_by_stride, guard 0
; zero: guard 0 of %p: loop entry

define internal void @zero(ptr %p, i64 %n) #0 !dbg !3 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.e0 = freeze ptr %p
  %fp.g0.address = ptrtoint ptr %fp.e0 to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !dbg !7, !prof !12
fp.g0.passed:
  br label %loop, !dbg !6
loop:
  %i = phi i64 [ 0, %fp.g0.passed ], [ %next, %loop ]
  %at = getelementptr i32 , ptr %p , i64 %i, !dbg !7
  store volatile i32 0 , ptr %at , align 4, !dbg !7
  %next = add i64 %i , 1, !dbg !6
  %more = icmp ult i64 %next , %n, !dbg !6
  br i1 %more , label %loop , label %done, !prof !8, !dbg !6
done:
  call void @llvm.ubsantrap(i8 1), !dbg !11
  unreachable
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0), !dbg !7
  unreachable
}
