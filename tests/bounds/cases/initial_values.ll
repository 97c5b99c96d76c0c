; Pointers in initial values get their bounds when the module is entered for the first time.
@bytes = internal global [12 x i8] zeroinitializer, align 1
@text = internal unnamed_addr constant [5 x i8] c"text\00", align 1
@table = internal global { i32, ptr, [2 x ptr] } { i32 1, ptr @bytes, [2 x ptr] [ptr getelementptr (i8, ptr @bytes, i64 4), ptr @text] }, align 8
@functions = internal constant [2 x ptr] [ptr @fini, ptr null], align 8
define void @fini() {
entry:
  %p = load ptr, ptr getelementptr (i8, ptr @table, i64 8), align 8
  store i8 1, ptr %p, align 1
  ret void
}
