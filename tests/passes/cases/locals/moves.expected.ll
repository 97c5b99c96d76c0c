; index: load, read of 4 at %table+0 in stack: guarded, first_access_to_root, guard 0
; passed: store, write of 4 at %text+0 in stack: free, stays_in_object
; stored: store, write of 8 at %to+0: guarded, first_access_to_root, guard 1
; joined: load, read of 1 at %chosen+0 in stack: guarded, first_access_to_root, guard 2
; index: guard 0 of %table: access
; stored: guard 1 of %to: access
; joined: guard 2 of %chosen: access
; moved: compared:x: its address is used by `icmp`, or an access to it cannot be proved in bounds
; moved: index:table: its address is used by `load`, or an access to it cannot be proved in bounds
; moved: joined:x: its address is used by `phi`, or an access to it cannot be proved in bounds
; moved: joined:y: its address is used by `select`, or an access to it cannot be proved in bounds
; moved: passed:text: its address is used by `call`, or an access to it cannot be proved in bounds
; moved: returned:x: its address is used by `ret`, or an access to it cannot be proved in bounds
; moved: stored:x: its address is used by `store`, or an access to it cannot be proved in bounds

declare void @fp_log(i32, ptr, i64) #1
define internal i32 @index(i64 %i) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -32
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048544
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %table = getelementptr i8, ptr %fp.frame, i64 0
  %fp.raw0 = getelementptr [ 8 x i32 ] , ptr %table , i64 0 , i64 %i
  %at = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %at to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.beyond = sub i64 %fp.g0.distance, 1342177280
  %fp.g0.outside = icmp ugt i64 %fp.g0.beyond, 132120576
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %v = load i32 , ptr %at , align 4
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret i32 %v
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @passed() #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %text = getelementptr i8, ptr %fp.frame, i64 0
  store i32 0 , ptr %text , align 1
  call void @fp_log(i32 1, ptr %text, i64 4)
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @stored(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  %to = freeze ptr %fp.raw0
  %fp.g1.address = ptrtoint ptr %to to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store ptr %x , ptr %to , align 8
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal i8 @joined(i1 %which, ptr %p) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  %y = getelementptr i8, ptr %fp.frame, i64 1
  br i1 %which , label %a , label %b
a:
  br label %b
b:
  %either = phi ptr [ %p, %fp.framed ], [ %x, %a ]
  %fp.raw0 = select i1 %which , ptr %y , ptr %either
  %chosen = freeze ptr %fp.raw0
  %fp.g2.address = ptrtoint ptr %chosen to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.beyond = sub i64 %fp.g2.distance, 1342177280
  %fp.g2.outside = icmp ugt i64 %fp.g2.beyond, 132120576
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  %v = load i8 , ptr %chosen , align 1
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret i8 %v
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal ptr @returned() #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret ptr %x
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal i1 @compared(ptr %p) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  %is = icmp eq ptr %x , %p
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret i1 %is
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
