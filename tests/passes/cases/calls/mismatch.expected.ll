
@data = internal global i32 0, align 4
define internal i32 @one(i32 %x) #0 {
entry:
  ret i32 %x
}
define internal i64 @wrong(i32 %x) #0 {
entry:
  call void @llvm.ubsantrap(i8 2)
  %a = freeze i64 zeroinitializer
  call void @llvm.ubsantrap(i8 2)
  %b = freeze i32 zeroinitializer
  %c = call i32 @fp.dispatch.0(ptr inttoptr ( i64 4660 to ptr ), i32 %x)
  call void @llvm.ubsantrap(i8 2)
  %d = freeze i32 zeroinitializer
  ret i64 %a
}
define internal i32 @fp.dispatch.0(ptr %target, i32 %a0) #0 {
entry:
  call void @llvm.ubsantrap(i8 2)
  unreachable
}
