; process: load, read of 8 at %batch+8: free, near_trusted_pointer
; process: store, write of 1 at %data+0 in packets: guarded, first_access_to_root, guard 0
; process: store, write of 2 at %batch+20: free, near_trusted_pointer
; process: guard 0 of %data: access

define void @process(ptr %batch) #0 {
entry:
  %fp.window = load i64, ptr @__fp_window, align 8
  %fp.window.reach = load i64, ptr @__fp_window_reach, align 8
  %first = getelementptr i8 , ptr %batch , i64 8
  %fp.raw0 = load ptr , ptr %first , align 8
  %data = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %data to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.window
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, %fp.window.reach
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i8 1 , ptr %data , align 1
  %gate = getelementptr i8 , ptr %batch , i64 20
  store i16 3 , ptr %gate , align 4
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
