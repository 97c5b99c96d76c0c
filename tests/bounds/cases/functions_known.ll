; Memory functions are checked by their lengths, searches by what they found; copies carry pointers along.
declare ptr @memchr(ptr, i32, i64)
declare i32 @memcmp(ptr, ptr, i64)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i32(ptr, i8, i32, i1)
define internal ptr @use(ptr %p, ptr %q, i64 %n, i32 %m) {
entry:
  call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %q, i64 %n, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %q, i64 6, i1 false)
  call void @llvm.memset.p0.i32(ptr %p, i8 0, i32 %m, i1 false)
  %order = call i32 @memcmp(ptr %p, ptr %q, i64 16)
  %found = call ptr @memchr(ptr %p, i32 10, i64 %n)
  store i8 1, ptr %found, align 1
  ret ptr %found
}
