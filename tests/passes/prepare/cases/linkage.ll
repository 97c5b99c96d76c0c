; All but the entry points and what is kept becomes internal; comdats go.
$inline = comdat any
@data = weak_odr dso_local global i32 1, comdat($inline), align 4
@tentative = common global [4 x i8] zeroinitializer, align 1
@text = private unnamed_addr constant [2 x i8] c"a\00", align 1
@hidden = hidden local_unnamed_addr constant i8 1, align 1
@elsewhere = external global i32, align 4

define linkonce_odr dso_local i32 @inline(i32 noundef %x) local_unnamed_addr #0 comdat {
entry:
  ret i32 %x
}

define weak hidden void @memcpy() {
entry:
  ret void
}

define dso_local void @process(ptr noundef %batch) #0 {
entry:
  %x = call i32 @inline(i32 1)
  call void @__fp_abort() #1
  unreachable
}

declare void @__fp_abort() #1
attributes #0 = { nounwind }
attributes #1 = { noreturn nounwind }
