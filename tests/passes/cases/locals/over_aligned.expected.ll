; moved: line:byte: its address is used by `call`, or an access to it cannot be proved in bounds
; moved: line:line: its address is used by `call`, or an access to it cannot be proved in bounds

declare void @fp_log(i32, ptr, i64) #1
define internal void @line() #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -80
  %fp.frame = call ptr @llvm.ptrmask.p0.i64(ptr %fp.lowered, i64 -64)
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048496
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %line = getelementptr i8, ptr %fp.frame, i64 0
  %byte = getelementptr i8, ptr %fp.frame, i64 64
  call void @fp_log(i32 1, ptr %line, i64 64)
  call void @fp_log(i32 1, ptr %byte, i64 1)
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
