; Short constant lengths become loads and stores behind guards; long and variable ones calls the host checks; none nothing.
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memcpy.p0.p0.i32(ptr, ptr, i32, i1)
declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @llvm.memset.p0.i32(ptr, i8, i32, i1)
declare void @llvm.memset.inline.p0.i64(ptr, i8, i64, i1)

define void @short(ptr %to, ptr %from, i8 %byte) {
entry:
  call void @llvm.memcpy.p0.p0.i64(ptr align 4 %to, ptr align 4 %from, i64 128, i1 false)
  call void @llvm.memmove.p0.p0.i64(ptr %to, ptr %from, i64 7, i1 false)
  call void @llvm.memset.p0.i64(ptr %to, i8 %byte, i64 64, i1 false)
  call void @llvm.memset.inline.p0.i64(ptr %to, i8 0, i64 3, i1 false)
  ret void
}

define void @none(ptr %to, ptr %from) {
entry:
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 0, i1 false)
  call void @llvm.memset.p0.i64(ptr %to, i8 1, i64 0, i1 false)
  ret void
}

define void @long(ptr %to, ptr %from, i8 %byte) {
entry:
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 129, i1 false)
  call void @llvm.memmove.p0.p0.i64(ptr %to, ptr %from, i64 4096, i1 false)
  call void @llvm.memset.p0.i64(ptr %to, i8 %byte, i64 4096, i1 false)
  ret void
}

define void @variable(ptr %to, ptr %from, i64 %n, i32 %m, i8 %byte) {
entry:
  call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %n, i1 false)
  call void @llvm.memcpy.p0.p0.i32(ptr %to, ptr %from, i32 %m, i1 false)
  call void @llvm.memset.p0.i32(ptr %to, i8 %byte, i32 %m, i1 false)
  call void @llvm.memset.p0.i64(ptr %to, i8 poison, i64 %n, i1 false)
  ret void
}
