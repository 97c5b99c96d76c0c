; frames: store, write of 1 at %small+0 in stack: free, stays_in_object
; frames: store, write of 1 at %big+0 in stack: free, stays_in_object
; huge: store, write of 8 at %all+0 in stack: free, stays_in_object
; moved: frames:big: its address is used by `store`, or an access to it cannot be proved in bounds
; moved: frames:small: its address is used by `store`, or an access to it cannot be proved in bounds
; moved: huge:all: native frames hold at most 4096 bytes of locals, 4096 of one

define internal void @frames(i64 %x) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -4160
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1044416
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %big = getelementptr i8, ptr %fp.frame, i64 0
  %small = getelementptr i8, ptr %fp.frame, i64 4090
  %i = and i64 %x , 63
  %a = getelementptr i8 , ptr %small , i64 %i
  store i8 1 , ptr %a , align 1
  %b = getelementptr i8 , ptr %big , i64 %i
  store i8 1 , ptr %b , align 1
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @huge(i64 %x) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -1048592
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp uge i64 %fp.frame.distance, 0
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !0
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %all = getelementptr i8, ptr %fp.frame, i64 0
  store i64 1 , ptr %all , align 8
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
