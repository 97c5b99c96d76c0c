; fields: load, read of 4 at @g+0 in image and heap: free, stays_in_object
; fields: load, read of 8 at @g+24 in image and heap: free, stays_in_object
; fields: load, read of 1 at @c+3 in image and heap: free, stays_in_object
; fields: store, write of 8 at @g+32 in image and heap: free, near_trusted_pointer
; fields: store, write of 8 at @g+2147483648 in image and heap: guarded, first_access_to_root, guard 0
; fields: store, write of 8 at @g-9223372036854775808 in image and heap: guarded, first_access_to_root, guard 1
; fields: guard 0 of @g: access
; fields: guard 1 of @g: access

@g = internal global { i32, [3 x i64] } zeroinitializer, align 8
@c = internal constant [4 x i8] c"abcd", align 1
define internal i64 @fields() #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %a = load i32 , ptr @g , align 8
  %b = load i64 , ptr getelementptr ( { i32 , [ 3 x i64 ] } , ptr @g , i64 0 , i32 1 , i64 2 ) , align 8
  %c = load i8 , ptr getelementptr ( [ 4 x i8 ] , ptr @c , i64 0 , i64 3 ) , align 1
  store i64 1 , ptr getelementptr ( i8 , ptr @g , i64 32 ) , align 8
  %fp.g0.address = ptrtoint ptr getelementptr ( i8 , ptr @g , i64 2147483648 ) to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i64 2 , ptr getelementptr ( i8 , ptr @g , i64 2147483648 ) , align 8
  %fp.g1.address = ptrtoint ptr getelementptr ( i8 , ptr @g , i64 -9223372036854775808 ) to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 1342111744
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i64 3 , ptr getelementptr ( i8 , ptr @g , i64 -9223372036854775808 ) , align 8
  ret i64 %b
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
}
