; checked: load, read of 1 at @table+0 in image and heap: free, stays_in_object
; checked: load, read of 1 at @table+0 in image and heap: guarded, first_access_to_root, guard 0
; checked: guard 0 of @table: access

@table = internal global [100 x i8] zeroinitializer, align 16
define internal i8 @checked(i64 %i) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fits = icmp ult i64 %i , 100
  %fp.raw0 = getelementptr [ 100 x i8 ] , ptr @table , i64 0 , i64 %i
  %at = freeze ptr %fp.raw0
  br i1 %fits , label %inside , label %outside
inside:
  %v = load i8 , ptr %at , align 1
  ret i8 %v
outside:
  %fp.g0.address = ptrtoint ptr %at to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %w = load i8 , ptr %at , align 1
  ret i8 %w
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
