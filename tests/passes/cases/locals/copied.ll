; A copy of constant length inside the local is an access like others; one of variable length lets it move.
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

define i64 @fixed(ptr %from) {
entry:
  %x = alloca [16 x i8], align 8
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %x, ptr align 8 %from, i64 16, i1 false)
  %v = load i64, ptr %x, align 8
  ret i64 %v
}

define i64 @variable(i64 %n) {
entry:
  %x = alloca [16 x i8], align 8
  call void @llvm.memset.p0.i64(ptr align 8 %x, i8 0, i64 %n, i1 false)
  %v = load i64, ptr %x, align 8
  ret i64 %v
}

define i64 @too_long(ptr %from) {
entry:
  %x = alloca [16 x i8], align 8
  call void @llvm.memcpy.p0.p0.i64(ptr align 8 %x, ptr align 8 %from, i64 17, i1 false)
  %v = load i64, ptr %x, align 8
  ret i64 %v
}
