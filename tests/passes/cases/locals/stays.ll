; A local all of whose uses are accesses proved inside it stays on the native stack, cleared.
define i32 @flags(i64 %x, i32 %v) {
entry:
  %set = alloca [8 x i32], align 16
  %one = alloca i32, align 4
  call void @llvm.lifetime.start.p0(ptr %one)
  store i32 %v, ptr %one, align 4
  %at = getelementptr inbounds [8 x i32], ptr %set, i64 0, i64 7
  store i32 %v, ptr %at, align 4
  %w = load i32, ptr %at, align 4
  %u = load i32, ptr %one, align 4
  call void @llvm.lifetime.end.p0(ptr %one)
  %s = add i32 %w, %u
  ret i32 %s
}
declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
