; constants: store, write of 4 at %p+0: guarded, first_access_to_root, guard 0
; constants: store, write of 4 at %p+0: covered, served_by_guard, guard 0
; constants: store, write of 8 at %p+0: covered, served_by_guard, guard 0
; constants: guard 0 of %p: access

@g = internal global { i32, ptr, [2 x i8] } { i32 zeroinitializer , ptr zeroinitializer , [ 2 x i8 ] [ i8 1 , i8 zeroinitializer ] }, align 8
define internal <4 x i32> @constants(ptr %fp.raw0, i1 %which, <4 x i32> %v) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i32 zeroinitializer , ptr %p , align 4
  store < 4 x i8 > < i8 1 , i8 zeroinitializer , i8 zeroinitializer , i8 4 > , ptr %p , align 4
  store { i8 , i32 } zeroinitializer , ptr %p , align 4
  %a = insertelement < 4 x i32 > zeroinitializer , i32 1 , i64 0
  %b = shufflevector < 4 x i32 > %a , < 4 x i32 > zeroinitializer , < 4 x i32 > < i32 0 , i32 zeroinitializer , i32 0 , i32 0 >
  %c = shufflevector < 4 x i32 > %v , < 4 x i32 > zeroinitializer , < 4 x i32 > zeroinitializer
  br i1 %which , label %one , label %two
one:
  br label %two
two:
  %d = phi <4 x i32> [ zeroinitializer, %fp.g0.passed ], [ %b, %one ]
  %e = add < 4 x i32 > %d , %c
  %f = freeze i32 zeroinitializer
  %g = insertelement < 4 x i32 > %e , i32 %f , i32 3
  ret < 4 x i32 > %g
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
define internal i32 @returned() #0 {
entry:
  ret i32 zeroinitializer
}
