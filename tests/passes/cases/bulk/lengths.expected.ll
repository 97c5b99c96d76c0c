; short: memcpy, write of 128 at %to+0: guarded, first_access_to_root, guard 0
; short: memcpy, read of 128 at %from+0: guarded, first_access_to_root, guard 1
; short: memmove, write of 7 at %to+0: covered, served_by_guard, guard 0
; short: memmove, read of 7 at %from+0: covered, served_by_guard, guard 1
; short: memset, write of 64 at %to+0: covered, served_by_guard, guard 0
; short: memset.inline, write of 3 at %to+0: covered, served_by_guard, guard 0
; long: memcpy, write of 0 at %to+0: free, checked_by_host
; long: memcpy, read of 0 at %from+0: free, checked_by_host
; long: memmove, write of 0 at %to+0: free, checked_by_host
; long: memmove, read of 0 at %from+0: free, checked_by_host
; long: memset, write of 0 at %to+0: free, checked_by_host
; variable: memcpy, write of 0 at %to+0: free, checked_by_host
; variable: memcpy, read of 0 at %from+0: free, checked_by_host
; variable: memcpy, write of 0 at %to+0: free, checked_by_host
; variable: memcpy, read of 0 at %from+0: free, checked_by_host
; variable: memset, write of 0 at %to+0: free, checked_by_host
; variable: memset, write of 0 at %to+0: free, checked_by_host
; short: guard 0 of %to: access
; short: guard 1 of %from: access

declare ptr @fp_memcpy(ptr, ptr, i64) #1
declare ptr @fp_memmove(ptr, ptr, i64) #1
declare ptr @fp_memset(ptr, i32, i64) #1
define internal void @short(ptr %fp.raw0, ptr %fp.raw1, i8 %byte) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %to = freeze ptr %fp.raw0
  %from = freeze ptr %fp.raw1
  %fp.g0.address = ptrtoint ptr %to to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %fp.g1.address = ptrtoint ptr %from to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  call void @llvm.memcpy.inline.p0.p0.i64(ptr %to, ptr %from, i64 128, i1 false)
  call void @llvm.memmove.p0.p0.i64(ptr %to, ptr %from, i64 7, i1 false)
  call void @llvm.memset.inline.p0.i64(ptr %to, i8 %byte, i64 64, i1 false)
  call void @llvm.memset.inline.p0.i64(ptr %to, i8 0, i64 3, i1 false)
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
define internal void @none(ptr %to, ptr %from) #0 {
entry:
  ret void
}
define internal void @long(ptr %to, ptr %from, i8 %byte) #0 {
entry:
  call ptr @fp_memcpy(ptr %to, ptr %from, i64 129)
  call ptr @fp_memmove(ptr %to, ptr %from, i64 4096)
  %fp.wide1 = zext i8 %byte to i32
  call ptr @fp_memset(ptr %to, i32 %fp.wide1, i64 4096)
  ret void
}
define internal void @variable(ptr %to, ptr %from, i64 %n, i32 %m, i8 %byte) #0 {
entry:
  call ptr @fp_memcpy(ptr %to, ptr %from, i64 %n)
  %fp.wide2 = zext i32 %m to i64
  call ptr @fp_memcpy(ptr %to, ptr %from, i64 %fp.wide2)
  %fp.wide3 = zext i8 %byte to i32
  %fp.wide4 = zext i32 %m to i64
  call ptr @fp_memset(ptr %to, i32 %fp.wide3, i64 %fp.wide4)
  %fp.wide5 = zext i8 zeroinitializer to i32
  call ptr @fp_memset(ptr %to, i32 %fp.wide5, i64 %n)
  ret void
}
