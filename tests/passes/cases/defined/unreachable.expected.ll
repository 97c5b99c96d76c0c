
define internal i32 @never(i32 %x) #0 {
entry:
  switch i32 %x , label %default [ i32 0 , label %zero i32 1 , label %one i32 2 , label %two ]
zero:
  call void @llvm.ubsantrap(i8 1)
  call void @llvm.ubsantrap(i8 1)
  unreachable
one:
  call void @llvm.ubsantrap(i8 4)
  call void @llvm.ubsantrap(i8 1)
  unreachable
two:
  call void @llvm.ubsantrap(i8 1)
  ret i32 1
default:
  call void @llvm.ubsantrap(i8 1)
  unreachable
}
