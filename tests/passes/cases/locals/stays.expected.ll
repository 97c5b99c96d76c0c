; flags: store, write of 4 at %one+0 in stack: free, stays_in_object
; flags: store, write of 4 at %set+28 in stack: free, stays_in_object
; flags: load, read of 4 at %set+28 in stack: free, stays_in_object
; flags: load, read of 4 at %one+0 in stack: free, stays_in_object

define internal i32 @flags(i64 %x, i32 %v) #0 {
entry:
  %set = alloca [ 8 x i32 ] , align 16
  call void @llvm.memset.inline.p0.i64(ptr %set, i8 0, i64 32, i1 false)
  %one = alloca i32 , align 4
  call void @llvm.memset.inline.p0.i64(ptr %one, i8 0, i64 4, i1 false)
  call void @llvm.lifetime.start.p0(ptr %one)
  store i32 %v , ptr %one , align 4
  %at = getelementptr [ 8 x i32 ] , ptr %set , i64 0 , i64 7
  store i32 %v , ptr %at , align 4
  %w = load i32 , ptr %at , align 4
  %u = load i32 , ptr %one , align 4
  call void @llvm.lifetime.end.p0(ptr %one)
  %s = add i32 %w , %u
  ret i32 %s
}
