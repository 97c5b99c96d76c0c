; What surely stays in a variable or local needs no check; one byte more does.
@table = internal global [16 x i32] zeroinitializer, align 4
define internal void @use(i64 %index) {
entry:
  %local = alloca [8 x i8], align 1
  %last = getelementptr i8, ptr @table, i64 60
  store i32 1, ptr %last, align 4
  %masked = and i64 %index, 15
  %chosen = getelementptr [16 x i32], ptr @table, i64 0, i64 %masked
  store i32 2, ptr %chosen, align 4
  %over = getelementptr i8, ptr @table, i64 61
  store i32 3, ptr %over, align 1
  %wider = and i64 %index, 16
  %beyond = getelementptr [16 x i32], ptr @table, i64 0, i64 %wider
  store i32 4, ptr %beyond, align 4
  %free = getelementptr i8, ptr %local, i64 %index
  store i8 5, ptr %free, align 1
  store i64 6, ptr %local, align 1
  ret void
}
