; Everything is internal afterwards; constants stay constants, and lists of the linker's are dropped.
%node = type { ptr, i32, i8 }
@text = private unnamed_addr constant [6 x i8] c"a\22b\00\0A\00", align 1
@counter = common global i64 0, align 8
@head = global %node { ptr @head, i32 7, i8 undef }, align 8
@aligned = dso_local local_unnamed_addr global [3 x i8] c"xyz", align 64
@addresses = internal constant [2 x i64] [i64 ptrtoint (ptr @counter to i64), i64 sub (i64 ptrtoint (ptr @text to i64), i64 ptrtoint (ptr @head to i64))], align 16
@end = internal global ptr getelementptr inbounds (%node, ptr @head, i64 1), align 8
@floats = internal constant [4 x double] [double 1.0, double 0x7FF0000000000000, double 0xFFF8000000000000, double -0.0], align 8
@packed = internal constant <{ i8, i32 }> <{ i8 1, i32 2 }>, align 1
@vector = internal constant <4 x float> <float 1.0, float 2.0, float undef, float 0x3FB99999A0000000>, align 16
@unused = external global i32
@llvm.used = appending global [1 x ptr] [ptr @counter], section "llvm.metadata"

define i64 @use(ptr %p) {
entry:
  %a = load i64, ptr @counter, align 8
  store ptr @head, ptr %p, align 8
  ret i64 %a
}
