; length: load, read of 8 at %p+0: guarded, first_access_to_root, guard 0
; length: guard 0 of %p: access

define internal i64 @length(ptr %head) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  br label %loop
loop:
  %fp.raw0 = phi ptr [ %head, %entry ], [ %next, %fp.g0.passed ]
  %n = phi i64 [ 0, %entry ], [ %n1, %fp.g0.passed ]
  %p = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %next = load ptr , ptr %p , align 8
  %n1 = add i64 %n , 1
  %end = icmp eq ptr %next , null
  br i1 %end , label %done , label %loop
done:
  ret i64 %n1
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
