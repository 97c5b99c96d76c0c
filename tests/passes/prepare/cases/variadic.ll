; Variable arguments are stored by the caller, in the layout of the overflow area, and read from there.
%golden.list = type { i32, i32, ptr, ptr }
%golden.large = type { [5 x i64] }
%"golden odd name" = type <{ i8, i64 }>

define dso_local i32 @sum(i32 noundef %n, ...) {
entry:
  %list = alloca [1 x %golden.list], align 16
  %copy = alloca [1 x %golden.list], align 16
  call void @llvm.va_start.p0(ptr %list)
  call void @llvm.va_copy.p0(ptr %copy, ptr %list)
  call void @llvm.va_end.p0(ptr %copy)
  call void @llvm.va_end.p0(ptr %list)
  ret i32 %n
}

define dso_local void @process(ptr noundef %p) {
entry:
  %a = call i32 (i32, ...) @sum(i32 noundef 0)
  %b = call i32 (i32, ...) @sum(i32 noundef 4, i32 noundef 1, double noundef 2.000000e+00, i64 noundef 3, ptr noundef %p)
  %c = call i32 (i32, ...) @sum(i32 noundef 3, i8 noundef signext 1, ptr noundef byval(%golden.large) align 8 %p, i128 noundef 5, ptr byval(%"golden odd name") align 32 %p)
  %d = tail call i32 (i32, ...) %p(i32 noundef 1, <2 x float> <float 1.0, float 2.0>)
  %e = call i32 (...) @old_style(i32 1, i64 2)
  ret void
}

define internal i32 @old_style(i32 %x, i64 %y) {
entry:
  ret i32 %x
}

declare i32 @elsewhere(ptr, ...)
declare void @llvm.va_start.p0(ptr)
declare void @llvm.va_copy.p0(ptr, ptr)
declare void @llvm.va_end.p0(ptr)
