%golden.list = type { i32, i32, ptr, ptr }
%golden.large = type { [5 x i64] }
%"golden odd name" = type <{ i8, i64 }>
define internal i32 @sum ( i32 noundef %n , ptr %fp.va ) {
entry:
  %list = alloca [1 x %golden.list], align 16
  %copy = alloca [1 x %golden.list], align 16
  %fp.list1.0 = getelementptr i8, ptr %list, i64 4
  %fp.list1.1 = getelementptr i8, ptr %list, i64 8
  %fp.list1.2 = getelementptr i8, ptr %list, i64 16
  store i32 48, ptr %list, align 8
  store i32 176, ptr %fp.list1.0, align 4
  store ptr %fp.va, ptr %fp.list1.1, align 8
  store ptr null, ptr %fp.list1.2, align 8
  call void @llvm.memcpy.p0.p0.i64(ptr %copy, ptr %list, i64 24, i1 false)
  ret i32 %n
}
define void @process ( ptr noundef %p ) {
entry:
  %fp.area2 = alloca [8 x i8], align 32
  %fp.area3 = alloca [32 x i8], align 32
  %fp.area4 = alloca [80 x i8], align 32
  %fp.area5 = alloca [8 x i8], align 32
  %a = call i32 @sum ( i32 noundef 0 , ptr %fp.area2 )
  %fp.area3.0 = getelementptr i8, ptr %fp.area3, i64 0
  store i32 1, ptr %fp.area3.0, align 4
  %fp.area3.1 = getelementptr i8, ptr %fp.area3, i64 8
  store double 2.000000e+00, ptr %fp.area3.1, align 8
  %fp.area3.2 = getelementptr i8, ptr %fp.area3, i64 16
  store i64 3, ptr %fp.area3.2, align 8
  %fp.area3.3 = getelementptr i8, ptr %fp.area3, i64 24
  store ptr %p, ptr %fp.area3.3, align 8
  %b = call i32 @sum ( i32 noundef 4 , ptr %fp.area3 )
  %fp.area4.0 = getelementptr i8, ptr %fp.area4, i64 0
  store i8 1, ptr %fp.area4.0, align 1
  %fp.area4.1 = getelementptr i8, ptr %fp.area4, i64 8
  call void @llvm.memcpy.p0.p0.i64(ptr %fp.area4.1, ptr %p, i64 40, i1 false)
  %fp.area4.2 = getelementptr i8, ptr %fp.area4, i64 48
  store i128 5, ptr %fp.area4.2, align 16
  %fp.area4.3 = getelementptr i8, ptr %fp.area4, i64 64
  call void @llvm.memcpy.p0.p0.i64(ptr %fp.area4.3, ptr %p, i64 9, i1 false)
  %c = call i32 @sum ( i32 noundef 3 , ptr %fp.area4 )
  %fp.area5.0 = getelementptr i8, ptr %fp.area5, i64 0
  store <2 x float> < float 1.000000e+00 , float 2.000000e+00 >, ptr %fp.area5.0, align 8
  %d = call i32 %p ( i32 noundef 1 , ptr %fp.area5 )
  %e = call i32 @old_style ( i32 1 , i64 2 )
  ret void
}
define internal i32 @old_style ( i32 %x , i64 %y ) {
entry:
  ret i32 %x
}
declare i32 @elsewhere ( ptr , ptr )
declare void @llvm.va_start.p0(ptr) #0
declare void @llvm.va_copy.p0(ptr, ptr) #0
declare void @llvm.va_end.p0(ptr) #0
