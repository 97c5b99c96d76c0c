; process: store, write of 8 at @kept+0 in image and heap: free, stays_in_object
; process: load, read of 8 at %batch+8: free, near_trusted_pointer
; process: store, write of 1 at %data+0: guarded, first_access_to_root, guard 0
; process: guard 0 of %data: access

@kept = internal global ptr null, align 8
define void @process(ptr %batch) #0 {
bb:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  store ptr %batch , ptr @kept , align 8
  %packet = getelementptr i8 , ptr %batch , i64 8
  %fp.raw0 = load ptr , ptr %packet , align 8
  %data = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %data to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i8 1 , ptr %data , align 1
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
