; Constant places in a global need no guard; a place outside of it does, one far outside, too.
@g = internal global { i32, [3 x i64] } zeroinitializer, align 8
@c = internal constant [4 x i8] c"abcd", align 1

define i64 @fields() {
entry:
  %a = load i32, ptr @g, align 8
  %b = load i64, ptr getelementptr inbounds ({ i32, [3 x i64] }, ptr @g, i64 0, i32 1, i64 2), align 8
  %c = load i8, ptr getelementptr inbounds ([4 x i8], ptr @c, i64 0, i64 3), align 1
  store i64 1, ptr getelementptr inbounds (i8, ptr @g, i64 32), align 8
  store i64 2, ptr getelementptr (i8, ptr @g, i64 2147483648), align 8
  store i64 3, ptr getelementptr (i8, ptr @g, i64 -9223372036854775808), align 8
  ret i64 %b
}
