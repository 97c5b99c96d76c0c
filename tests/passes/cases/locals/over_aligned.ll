; A local of 64-byte alignment: the whole frame is aligned down to it.
declare void @fp_log(i32, ptr, i64)

define void @line() {
entry:
  %line = alloca [64 x i8], align 64
  %byte = alloca i8, align 1
  call void @fp_log(i32 1, ptr %line, i64 64)
  call void @fp_log(i32 1, ptr %byte, i64 1)
  ret void
}
