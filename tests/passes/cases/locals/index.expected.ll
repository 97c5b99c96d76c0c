; choose: store, write of 4 at %set+0 in stack: free, stays_in_object
; choose: load, read of 4 at %set+0 in stack: free, stays_in_object
; moved: choose:set: its address is used by `store`, or an access to it cannot be proved in bounds

define internal i32 @choose(i64 %x, i32 %v) #0 {
entry:
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
  %set = getelementptr i8, ptr %fp.frame, i64 0
  %i = and i64 %x , 7
  %at = getelementptr [ 8 x i32 ] , ptr %set , i64 0 , i64 %i
  store i32 %v , ptr %at , align 4
  %w = load i32 , ptr %at , align 4
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret i32 %w
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
