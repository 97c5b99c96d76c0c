; hints: load, read of 8 at %q+0: guarded, first_access_to_root, guard 0
; hints: guard 0 of %q: access

define internal i64 @hints(ptr %p, i64 %x) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %is = icmp ult i64 %x , 4
  %e = freeze i64 %x
  %f = freeze i64 %e
  %fp.raw0 = freeze ptr %p
  %q = freeze ptr %fp.raw0
  call void @llvm.prefetch.p0(ptr %p, i32 0, i32 3, i32 1)
  %fp.g0.address = ptrtoint ptr %q to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !4
fp.g0.passed:
  %v = load i64 , ptr %q , align 8
  %s = add i64 %v , %f
  ret i64 %s
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
