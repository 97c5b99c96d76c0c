; fixed: memcpy, write of 16 at %x+0 in stack: free, stays_in_object
; fixed: memcpy, read of 16 at %from+0: guarded, first_access_to_root, guard 0
; fixed: load, read of 8 at %x+0 in stack: free, stays_in_object
; variable: memset, write of 0 at %x+0 in stack: free, checked_by_host
; variable: load, read of 8 at %x+0 in stack: free, stays_in_object
; too_long: memcpy, write of 17 at %x+0 in stack: free, near_trusted_pointer
; too_long: memcpy, read of 17 at %from+0: guarded, first_access_to_root, guard 1
; too_long: load, read of 8 at %x+0 in stack: free, stays_in_object
; fixed: guard 0 of %from: access
; too_long: guard 1 of %from: access
; moved: too_long:x: its address is used by `call`, or an access to it cannot be proved in bounds
; moved: variable:x: its address is used by `call`, or an access to it cannot be proved in bounds

declare ptr @fp_memset(ptr, i32, i64) #1
define internal i64 @fixed(ptr %fp.raw0) #0 {
entry:
  %x = alloca [ 16 x i8 ] , align 8
  call void @llvm.memset.inline.p0.i64(ptr %x, i8 0, i64 16, i1 false)
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %from = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %from to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  call void @llvm.memcpy.inline.p0.p0.i64(ptr %x, ptr %from, i64 16, i1 false)
  %v = load i64 , ptr %x , align 8
  ret i64 %v
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
define internal i64 @variable(i64 %n) #0 {
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
  %fp.wide1 = zext i8 0 to i32
  call ptr @fp_memset(ptr %x, i32 %fp.wide1, i64 %n)
  %v = load i64 , ptr %x , align 8
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret i64 %v
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal i64 @too_long(ptr %fp.raw0) #0 {
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
  %from = freeze ptr %fp.raw0
  %fp.g1.address = ptrtoint ptr %from to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  call void @llvm.memcpy.inline.p0.p0.i64(ptr %x, ptr %from, i64 17, i1 false)
  %v = load i64 , ptr %x , align 8
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret i64 %v
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
