@data = internal global i32 1, align 4
@tentative = internal global [4 x i8] zeroinitializer, align 1
@text = internal unnamed_addr constant [2 x i8] c"a\00", align 1
@hidden = internal constant i8 1, align 1
@elsewhere = external global i32, align 4
define internal i32 @inline ( i32 noundef %x ) local_unnamed_addr #0 {
entry:
  ret i32 %x
}
define void @memcpy ( ) {
entry:
  ret void
}
define void @process ( ptr noundef %batch ) #0 {
entry:
  %x = call i32 @inline(i32 1)
  call void @llvm.ubsantrap(i8 4) #1
  unreachable
}
declare void @__fp_abort() #1
