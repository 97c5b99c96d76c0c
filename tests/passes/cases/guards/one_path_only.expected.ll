; meet: store, write of 4 at %q+0: guarded, first_access_to_root, guard 3
; meet: load, read of 4 at %q+0: guarded, first_access_to_root, guard 0
; meet: load, read of 8 at %p+0: guarded, first_access_to_root, guard 1
; meet: store, write of 4 at %other+0: guarded, first_access_to_root, guard 2
; meet: guard 0 of %q: access
; meet: guard 1 of %p: access
; meet: guard 2 of %other: access
; meet: guard 3 of %q: access

define internal i32 @meet(i1 %which, ptr %fp.raw0, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %q = freeze ptr %fp.raw0
  br i1 %which , label %left , label %join
left:
  %fp.g3.address = ptrtoint ptr %q to i64
  %fp.g3.distance = add i64 %fp.g3.address, %fp.negated
  %fp.g3.outside = icmp ugt i64 %fp.g3.distance, 2147483647
  br i1 %fp.g3.outside, label %fp.g3.trap, label %fp.g3.passed, !prof !0
fp.g3.passed:
  store i32 1 , ptr %q , align 4
  br label %join
join:
  %fp.g0.address = ptrtoint ptr %q to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %v = load i32 , ptr %q , align 4
  br label %loop
loop:
  %fp.raw1 = phi ptr [ %q, %fp.g0.passed ], [ %other, %back ]
  %i = phi i64 [ 0, %fp.g0.passed ], [ %turns, %back ]
  %p = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %p to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  %fp.raw2 = load ptr , ptr %p , align 8
  %other = freeze ptr %fp.raw2
  br i1 %which , label %touch , label %back
touch:
  %fp.g2.address = ptrtoint ptr %other to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i32 2 , ptr %other , align 4
  br label %back
back:
  %turns = add i64 %i , 1
  %more = icmp ult i64 %turns , %n
  br i1 %more , label %loop , label %done
done:
  ret i32 %v
fp.g3.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g3.address, i32 3)
  unreachable
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
}
