; cold: load, read of 8 at %p+0: confined, cut_to_the_arena
; cold: load, read of 8 at %x+8 in stack: confined, cut_to_the_arena
; cold: store, write of 8 at %p+0: confined, cut_to_the_arena
; warm: load, read of 8 at %x+0 in stack: confined, cut_to_the_arena
; warm: store, write of 8 at %x+0 in stack: confined, cut_to_the_arena
; use: store, write of 8 at %x+0 in stack: confined, cut_to_the_arena
; moved: cold:x: its address is used by `call`, or an access to it cannot be proved in bounds
; moved: unknown:x: its address is used by `call`, or an access to it cannot be proved in bounds
; moved: warm:x: its address is used by `call`, or an access to it cannot be proved in bounds

define internal void @cold(ptr %p, i64 %n) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !1
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  %second = getelementptr i8 , ptr %x , i64 8
  br label %loop
loop:
  %i = phi i64 [ 0, %fp.framed ], [ %next, %latch ]
  %q = getelementptr i64 , ptr %p , i64 %i
  %v = load i64 , ptr %q , align 8
  %rare = icmp eq i64 %v , 0
  br i1 %rare , label %unusual , label %latch, !prof !0
unusual:
  %fp.reread2 = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.reread2.0 = getelementptr i8, ptr %fp.reread2, i64 8
  %fp.reread2.1 = getelementptr i8, ptr %fp.reread2, i64 0
  call void @use(ptr %fp.reread2.1)
  %w = load i64 , ptr %fp.reread2.0 , align 8
  store i64 %w , ptr %q , align 8
  br label %latch
latch:
  %next = add i64 %i , 1
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @warm(ptr %p, i64 %n) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !1
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  br label %loop
loop:
  call void @use(ptr %x)
  %v = load i64 , ptr %x , align 8
  %rare = icmp eq i64 %v , 0
  br i1 %rare , label %unusual , label %latch, !prof !0
unusual:
  store i64 1 , ptr %x , align 8
  br label %latch
latch:
  %more = icmp ult i64 %v , %n
  br i1 %more , label %loop , label %done
done:
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @unknown(ptr %p, i1 %c) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  %fp.lowered = getelementptr i8, ptr %fp.caller, i64 -16
  %fp.frame = freeze ptr %fp.lowered
  %fp.frame.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.frame.low = ptrtoint ptr %fp.frame.limit to i64
  %fp.frame.address = ptrtoint ptr %fp.frame to i64
  %fp.frame.distance = sub i64 %fp.frame.address, %fp.frame.low
  %fp.frame.outside = icmp ugt i64 %fp.frame.distance, 1048560
  br i1 %fp.frame.outside, label %fp.overflow, label %fp.framed, !prof !1
fp.framed:
  store ptr %fp.frame, ptr @__fp_stack_pointer, align 8
  %x = getelementptr i8, ptr %fp.frame, i64 0
  br i1 %c , label %some , label %done
some:
  call void @use(ptr %x)
  br label %done
done:
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.overflow:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @use(ptr %x) #0 {
entry:
  store i64 7 , ptr %x , align 8
  ret void
}
