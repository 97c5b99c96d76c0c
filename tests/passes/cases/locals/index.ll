; A local that is accessed at a place known at run time only moves, even if that is surely inside.
define i32 @choose(i64 %x, i32 %v) {
entry:
  %set = alloca [8 x i32], align 16
  %i = and i64 %x, 7
  %at = getelementptr inbounds [8 x i32], ptr %set, i64 0, i64 %i
  store i32 %v, ptr %at, align 4
  %w = load i32, ptr %at, align 4
  ret i32 %w
}
