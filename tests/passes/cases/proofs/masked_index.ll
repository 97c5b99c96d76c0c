; An index cut by a mask stays in its table; a table it may leave is guarded by what is near.
@table = internal global [256 x i32] zeroinitializer, align 16
@small = internal global [200 x i32] zeroinitializer, align 16

define i32 @look_up(i64 %x) {
entry:
  %i = and i64 %x, 255
  %at = getelementptr inbounds [256 x i32], ptr @table, i64 0, i64 %i
  %v = load i32, ptr %at, align 4
  %out = getelementptr inbounds [200 x i32], ptr @small, i64 0, i64 %i
  %w = load i32, ptr %out, align 4
  %far = getelementptr inbounds [200 x i32], ptr @small, i64 0, i64 %x
  %u = load i32, ptr %far, align 4
  %sum = add i32 %v, %w
  %all = add i32 %sum, %u
  ret i32 %all
}
