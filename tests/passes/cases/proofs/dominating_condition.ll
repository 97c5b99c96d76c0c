; A comparison that dominates bounds the index; on the other arm it does not.
@table = internal global [100 x i8] zeroinitializer, align 16

define i8 @checked(i64 %i) {
entry:
  %fits = icmp ult i64 %i, 100
  %at = getelementptr inbounds [100 x i8], ptr @table, i64 0, i64 %i
  br i1 %fits, label %inside, label %outside

inside:
  %v = load i8, ptr %at, align 1
  ret i8 %v

outside:
  %w = load i8, ptr %at, align 1
  ret i8 %w
}
