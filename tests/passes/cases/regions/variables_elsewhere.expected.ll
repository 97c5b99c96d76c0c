; process: load, read of 8 at %batch+8: free, near_trusted_pointer
; process: load, read of 4 at %batch+0: free, near_trusted_pointer
; process: store, write of 8 at %slot+0: guarded, first_access_to_root, guard 0
; process: store, write of 8 at @packed+1 in image and heap: free, stays_in_object
; process: load, read of 8 at @kept+0 in image and heap: free, stays_in_object
; process: store, write of 1 at %one+0: guarded, first_access_to_root, guard 1
; process: load, read of 8 at @packed+1 in image and heap: free, stays_in_object
; process: store, write of 1 at %two+0: guarded, first_access_to_root, guard 2
; process: guard 0 of %slot: access
; process: guard 1 of %one: access
; process: guard 2 of %two: access

@kept = internal global ptr null, align 8
@packed = internal global <{ i8, ptr }> zeroinitializer, align 1
define internal ptr @fp_block_allocate(i64 %size) #0 {
bb:
  %address = inttoptr i64 %size to ptr
  ret ptr %address
}
define void @process(ptr %batch) #0 {
bb:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %entry = getelementptr i8 , ptr %batch , i64 8
  %data = load ptr , ptr %entry , align 8
  %count = load i32 , ptr %batch , align 4
  %is = icmp eq i32 %count , 1
  %offset = zext i32 %count to i64
  %place = add i64 %offset , ptrtoint ( ptr @kept to i64 )
  %fp.raw0 = inttoptr i64 %place to ptr
  %slot = freeze ptr %fp.raw0
  %entries = call ptr @fp_block_allocate(i64 64)
  %fp.g0.address = ptrtoint ptr %slot to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store ptr %entries , ptr %slot , align 8
  store ptr %entries , ptr getelementptr ( i8 , ptr @packed , i64 1 ) , align 8
  %other = load ptr , ptr @kept , align 8
  %fp.raw1 = select i1 %is , ptr %data , ptr %other
  %one = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %one to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i8 1 , ptr %one , align 1
  %unaligned = load ptr , ptr getelementptr ( i8 , ptr @packed , i64 1 ) , align 8
  %fp.raw2 = select i1 %is , ptr %data , ptr %unaligned
  %two = freeze ptr %fp.raw2
  %fp.g2.address = ptrtoint ptr %two to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i8 2 , ptr %two , align 1
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
