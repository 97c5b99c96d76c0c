; look_up: load, read of 4 at @table+0 in image and heap: free, stays_in_object
; look_up: load, read of 4 at @small+0 in image and heap: free, near_trusted_pointer
; look_up: load, read of 4 at @small+0 in image and heap: guarded, first_access_to_root, guard 0
; look_up: guard 0 of @small: access

@table = internal global [256 x i32] zeroinitializer, align 16
@small = internal global [200 x i32] zeroinitializer, align 16
define internal i32 @look_up(i64 %x) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %i = and i64 %x , 255
  %at = getelementptr [ 256 x i32 ] , ptr @table , i64 0 , i64 %i
  %v = load i32 , ptr %at , align 4
  %out = getelementptr [ 200 x i32 ] , ptr @small , i64 0 , i64 %i
  %w = load i32 , ptr %out , align 4
  %fp.raw0 = getelementptr [ 200 x i32 ] , ptr @small , i64 0 , i64 %x
  %far = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %far to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %u = load i32 , ptr %far , align 4
  %sum = add i32 %v , %w
  %all = add i32 %sum , %u
  ret i32 %all
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
