%golden.big = type { [4 x i64] }
define internal i64 @callee ( ptr %fp.in0 , i32 %n , ptr %fp.in2 ) {
entry:
  %x = alloca %golden.big, align 8
  call void @llvm.memcpy.p0.p0.i64(ptr %x, ptr %fp.in0, i64 32, i1 false)
  %y = alloca [16 x i8], align 32
  call void @llvm.memcpy.p0.p0.i64(ptr %y, ptr %fp.in2, i64 16, i1 false)
  store i64 1, ptr %x, align 8
  %v = load i64, ptr %y, align 8
  ret i64 %v
}
define void @process ( ptr noundef %p ) {
entry:
  %r = call i64 @callee ( ptr %p , i32 7 , ptr %p )
  ret void
}
declare void @elsewhere ( ptr )
