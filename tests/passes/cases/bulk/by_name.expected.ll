; compare: store, write of 1 at %found+0: guarded, first_access_to_root, guard 0
; compare: guard 0 of %found: access

declare ptr @fp_memchr(ptr, i32, i64) #1
declare i32 @fp_memcmp(ptr, ptr, i64) #1
declare ptr @fp_memcpy(ptr, ptr, i64) #1
define internal i32 @compare(ptr %a, ptr %b, i64 %n) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %first = call i32 @fp_memcmp(ptr %a, ptr %b, i64 %n)
  %second = call i32 @fp_memcmp(ptr %a, ptr %b, i64 %n)
  %fp.raw0 = call ptr @fp_memchr(ptr %a, i32 0, i64 %n)
  %found = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %found to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i8 1 , ptr %found , align 1
  %to = call ptr @fp_memcpy(ptr %a, ptr %b, i64 %n)
  %s = add i32 %first , %second
  ret i32 %s
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
