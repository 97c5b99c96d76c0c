; roots: load, read of 8 at %p+0: guarded, first_access_to_root, guard 0
; roots: store, write of 1 at %loaded+0: guarded, first_access_to_root, guard 1
; roots: store, write of 1 at %heap+0: guarded, first_access_to_root, guard 2
; roots: store, write of 1 at %made+0: guarded, first_access_to_root, guard 3
; roots: store, write of 1 at %chosen+0: guarded, first_access_to_root, guard 4
; roots: store, write of 1 at %either+0: guarded, first_access_to_root, guard 5
; roots: store, write of 1 at null+0: guarded, first_access_to_root, guard 6
; roots: store, write of 1 at inttoptr ( i64 4096 to ptr )+0: guarded, first_access_to_root, guard 7
; roots: store, write of 1 at inttoptr ( i64 4096 to ptr )+32: covered, served_by_guard, guard 7
; roots: guard 0 of %p: access
; roots: guard 1 of %loaded: access
; roots: guard 2 of %heap: access
; roots: guard 3 of %made: access
; roots: guard 4 of %chosen: access
; roots: guard 5 of %either: access
; roots: guard 6 of null: access
; roots: guard 7 of inttoptr ( i64 4096 to ptr ): access

declare ptr @fp_heap_start() #1
define internal void @roots(ptr %fp.raw0, i64 %n, i1 %which) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %fp.raw1 = load ptr , ptr %p , align 8
  %loaded = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %loaded to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i8 1 , ptr %loaded , align 1
  %fp.raw2 = call ptr @fp_heap_start()
  %heap = freeze ptr %fp.raw2
  %fp.g2.address = ptrtoint ptr %heap to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i8 2 , ptr %heap , align 1
  %fp.raw3 = inttoptr i64 %n to ptr
  %made = freeze ptr %fp.raw3
  %fp.g3.address = ptrtoint ptr %made to i64
  %fp.g3.distance = add i64 %fp.g3.address, %fp.negated
  %fp.g3.outside = icmp ugt i64 %fp.g3.distance, 2147483647
  br i1 %fp.g3.outside, label %fp.g3.trap, label %fp.g3.passed, !prof !0
fp.g3.passed:
  store i8 3 , ptr %made , align 1
  %fp.raw4 = select i1 %which , ptr %loaded , ptr %made
  %chosen = freeze ptr %fp.raw4
  %fp.g4.address = ptrtoint ptr %chosen to i64
  %fp.g4.distance = add i64 %fp.g4.address, %fp.negated
  %fp.g4.outside = icmp ugt i64 %fp.g4.distance, 2147483647
  br i1 %fp.g4.outside, label %fp.g4.trap, label %fp.g4.passed, !prof !0
fp.g4.passed:
  store i8 4 , ptr %chosen , align 1
  br i1 %which , label %one , label %two
one:
  br label %two
two:
  %fp.raw5 = phi ptr [ %p, %fp.g4.passed ], [ %heap, %one ]
  %either = freeze ptr %fp.raw5
  %fp.g5.address = ptrtoint ptr %either to i64
  %fp.g5.distance = add i64 %fp.g5.address, %fp.negated
  %fp.g5.outside = icmp ugt i64 %fp.g5.distance, 2147483647
  br i1 %fp.g5.outside, label %fp.g5.trap, label %fp.g5.passed, !prof !0
fp.g5.passed:
  store i8 5 , ptr %either , align 1
  %fp.g6.address = ptrtoint ptr null to i64
  %fp.g6.distance = add i64 %fp.g6.address, %fp.negated
  %fp.g6.outside = icmp ugt i64 %fp.g6.distance, 2147483647
  br i1 %fp.g6.outside, label %fp.g6.trap, label %fp.g6.passed, !prof !0
fp.g6.passed:
  store volatile i8 6 , ptr null , align 1
  %fp.g7.address = ptrtoint ptr inttoptr ( i64 4096 to ptr ) to i64
  %fp.g7.distance = add i64 %fp.g7.address, %fp.negated
  %fp.g7.outside = icmp ugt i64 %fp.g7.distance, 2147483647
  br i1 %fp.g7.outside, label %fp.g7.trap, label %fp.g7.passed, !prof !0
fp.g7.passed:
  store i8 7 , ptr inttoptr ( i64 4096 to ptr ) , align 1
  store i8 8 , ptr getelementptr ( i8 , ptr inttoptr ( i64 4096 to ptr ) , i64 32 ) , align 1
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
fp.g3.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g3.address, i32 3)
  unreachable
fp.g4.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g4.address, i32 4)
  unreachable
fp.g5.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g5.address, i32 5)
  unreachable
fp.g6.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g6.address, i32 6)
  unreachable
fp.g7.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g7.address, i32 7)
  unreachable
}
