; process: load, read of 8 at %batch+8: free, near_trusted_pointer
; process: load, read of 4 at %batch+0: free, near_trusted_pointer
; process: store, write of 1 at %one+0: guarded, first_access_to_root, guard 0
; process: store, write of 1 at %maybe+0 in packets: guarded, first_access_to_root, guard 1
; process: load, read of 8 at %batch+8: free, near_trusted_pointer
; process: store, write of 1 at %made+0: guarded, first_access_to_root, guard 2
; process: store, write of 1 at %local+0 in stack: guarded, first_access_to_root, guard 3
; process: guard 0 of %one: access
; process: guard 1 of %maybe: access
; process: guard 2 of %made: access
; process: guard 3 of %local: access
; moved: process:local: its address is used by `store`, or an access to it cannot be proved in bounds

@global = internal global [16 x i8] zeroinitializer, align 1
define void @process(ptr %batch) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.window = load i64, ptr @__fp_window, align 8
  %fp.window.reach = load i64, ptr @__fp_window_reach, align 8
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
  %local = getelementptr i8, ptr %fp.frame, i64 0
  %packet = getelementptr i8 , ptr %batch , i64 8
  %data = load ptr , ptr %packet , align 8
  %len = load i32 , ptr %batch , align 4
  %is = icmp eq i32 %len , 1
  %fp.raw0 = select i1 %is , ptr %data , ptr @global
  %one = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %one to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i8 1 , ptr %one , align 1
  %fp.raw1 = select i1 %is , ptr %data , ptr null
  %maybe = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %maybe to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.window
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, %fp.window.reach
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i8 2 , ptr %maybe , align 1
  %number = load i64 , ptr %packet , align 8
  %fp.raw2 = inttoptr i64 %number to ptr
  %made = freeze ptr %fp.raw2
  %fp.g2.address = ptrtoint ptr %made to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i8 3 , ptr %made , align 1
  %at = zext i32 %len to i64
  %fp.raw3 = getelementptr i8 , ptr %local , i64 %at
  %inside = freeze ptr %fp.raw3
  %fp.g3.address = ptrtoint ptr %inside to i64
  %fp.g3.distance = add i64 %fp.g3.address, %fp.negated
  %fp.g3.beyond = sub i64 %fp.g3.distance, 1342177280
  %fp.g3.outside = icmp ugt i64 %fp.g3.beyond, 132120576
  br i1 %fp.g3.outside, label %fp.g3.trap, label %fp.g3.passed, !prof !0
fp.g3.passed:
  store i8 4 , ptr %inside , align 1
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
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
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
