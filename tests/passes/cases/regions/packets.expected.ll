; process: load, read of 4 at %batch+0: free, near_trusted_pointer
; one: load, read of 8 at %packet+0: guarded, first_access_to_root, guard 0
; one: store, write of 1 at %changed+0 in packets: guarded, first_access_to_root, guard 1
; one: store, write of 1 at %data+0 in packets: guarded, first_access_to_root, guard 2
; one: store, write of 8 at %packet+0: covered, served_by_guard, guard 0
; skip: load, read of 1 at %header+0 in packets: guarded, first_access_to_root, guard 3
; one: guard 0 of %packet: access
; one: guard 1 of %changed: access
; one: guard 2 of %data: access
; skip: guard 3 of %header: access

define void @process(ptr %batch) #0 {
entry:
  %count = load i32 , ptr %batch , align 4
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %packet = getelementptr { i32 , i32 , [ 64 x { ptr , i32 , i16 , i16 , i64 , i32 , i32 } ] } , ptr %batch , i64 0 , i32 2 , i64 %i
  call void @one(ptr %packet, i64 %i)
  %next = add i64 %i , 1
  %n = zext i32 %count to i64
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  ret void
}
define internal void @one(ptr %fp.raw0, i64 %i) #0 {
bb:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.window = load i64, ptr @__fp_window, align 8
  %fp.window.reach = load i64, ptr @__fp_window_reach, align 8
  %packet = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %packet to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %data = load ptr , ptr %packet , align 8
  %header = getelementptr i8 , ptr %data , i64 14
  %fp.raw1 = call ptr @skip(ptr %header)
  %changed = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %changed to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.window
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, %fp.window.reach
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i8 1 , ptr %changed , align 1
  %fp.raw2 = getelementptr i8 , ptr %data , i64 %i
  %payload = freeze ptr %fp.raw2
  %fp.g2.address = ptrtoint ptr %payload to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.window
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, %fp.window.reach
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i8 2 , ptr %payload , align 1
  %pushed = getelementptr i8 , ptr %data , i64 -4
  store ptr %pushed , ptr %packet , align 8
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
}
define internal ptr @skip(ptr %fp.raw0) #0 {
bb:
  %fp.window = load i64, ptr @__fp_window, align 8
  %fp.window.reach = load i64, ptr @__fp_window_reach, align 8
  %header = freeze ptr %fp.raw0
  %fp.g3.address = ptrtoint ptr %header to i64
  %fp.g3.distance = add i64 %fp.g3.address, %fp.window
  %fp.g3.outside = icmp ugt i64 %fp.g3.distance, %fp.window.reach
  br i1 %fp.g3.outside, label %fp.g3.trap, label %fp.g3.passed, !prof !0
fp.g3.passed:
  %first = load i8 , ptr %header , align 1
  %is = icmp eq i8 %first , 69
  %longer = getelementptr i8 , ptr %header , i64 4
  %result = select i1 %is , ptr %longer , ptr %header
  ret ptr %result
fp.g3.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g3.address, i32 3)
  unreachable
}
