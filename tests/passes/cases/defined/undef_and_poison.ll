; undef and poison become zero, wherever they stand.
@g = internal global { i32, ptr, [2 x i8] } { i32 undef, ptr poison, [2 x i8] [i8 1, i8 undef] }, align 8

define <4 x i32> @constants(ptr %p, i1 %which, <4 x i32> %v) {
entry:
  store i32 undef, ptr %p, align 4
  store <4 x i8> <i8 1, i8 poison, i8 undef, i8 4>, ptr %p, align 4
  store { i8, i32 } poison, ptr %p, align 4
  %a = insertelement <4 x i32> poison, i32 1, i64 0
  %b = shufflevector <4 x i32> %a, <4 x i32> poison, <4 x i32> <i32 0, i32 poison, i32 0, i32 0>
  %c = shufflevector <4 x i32> %v, <4 x i32> undef, <4 x i32> zeroinitializer
  br i1 %which, label %one, label %two

one:
  br label %two

two:
  %d = phi <4 x i32> [ undef, %entry ], [ %b, %one ]
  %e = add <4 x i32> %d, %c
  %f = freeze i32 poison
  %g = insertelement <4 x i32> %e, i32 %f, i32 3
  ret <4 x i32> %g
}

define i32 @returned() {
entry:
  ret i32 undef
}
