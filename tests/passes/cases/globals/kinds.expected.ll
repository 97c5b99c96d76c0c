; use: load, read of 8 at @counter+0 in image and heap: free, stays_in_object
; use: store, write of 8 at %p+0: guarded, first_access_to_root, guard 0
; use: guard 0 of %p: access

%node = type { ptr, i32, i8 }
@text = internal unnamed_addr constant [6 x i8] c"a\22b\00\0A\00", align 1
@counter = internal global i64 0, align 8
@head = internal global %node { ptr @head , i32 7 , i8 zeroinitializer }, align 8
@aligned = internal global [3 x i8] c"xyz", align 64
@addresses = internal constant [2 x i64] [ i64 ptrtoint ( ptr @counter to i64 ) , i64 sub ( i64 ptrtoint ( ptr @text to i64 ) , i64 ptrtoint ( ptr @head to i64 ) ) ], align 16
@end = internal global ptr getelementptr ( %node , ptr @head , i64 1 ), align 8
@floats = internal constant [4 x double] [ double 1.000000e+00 , double 0x7FF0000000000000 , double 0xFFF8000000000000 , double -0.000000e+00 ], align 8
@packed = internal constant <{ i8, i32 }> < { i8 1 , i32 2 } >, align 1
@vector = internal constant <4 x float> < float 1.000000e+00 , float 2.000000e+00 , float zeroinitializer , float 0x3FB99999A0000000 >, align 16
define internal i64 @use(ptr %fp.raw0) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %a = load i64 , ptr @counter , align 8
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store ptr @head , ptr %p , align 8
  ret i64 %a
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
