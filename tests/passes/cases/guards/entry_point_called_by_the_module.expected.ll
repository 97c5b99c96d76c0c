; process: store, write of 2 at %batch+0: guarded, first_access_to_root, guard 0
; init: load, read of 8 at %args+0: free, near_trusted_pointer
; process: guard 0 of %batch: access

define void @process(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %batch = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %batch to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i16 3 , ptr %batch , align 4
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
define i32 @init(ptr %args) #0 {
entry:
  %p = load ptr , ptr %args , align 8
  call void @process(ptr %p)
  ret i32 0
}
