
@taken = internal global ptr @sum, align 8
define internal { i64, i64 } @sum(<4 x i32> %v, [2 x i64] %a, ptr %p) #0 {
entry:
  ret { i64 , i64 } zeroinitializer
}
define internal i64 @both(ptr %f, <4 x i32> %v, [2 x i64] %a, ptr %p) #0 !dbg !3 {
entry:
  %x = call { i64, i64 } @fp.dispatch.0(ptr %f, <4 x i32> %v, [2 x i64] %a, ptr %p), !dbg !6
  %y = call { i64, i64 } @fp.dispatch.1(ptr %f, <4 x i32> %v, [2 x i64] %a, ptr %p), !dbg !7
  %first = extractvalue { i64 , i64 } %x , 0
  %second = extractvalue { i64 , i64 } %y , 1
  %s = add i64 %first , %second
  ret i64 %s
}
define internal { i64, i64 } @fp.dispatch.0(ptr %target, <4 x i32> %a0, [2 x i64] %a1, ptr %a2) #0 !dbg !9 {
entry:
  %is0 = icmp eq ptr %target, @sum
  br i1 %is0, label %call0, label %next0
call0:
  %r0 = tail call { i64, i64 } @sum(<4 x i32> %a0, [2 x i64] %a1, ptr %a2), !dbg !10
  ret { i64, i64 } %r0
next0:
  call void @llvm.ubsantrap(i8 2), !dbg !10
  unreachable
}
define internal { i64, i64 } @fp.dispatch.1(ptr %target, <4 x i32> %a0, [2 x i64] %a1, ptr %a2) #0 !dbg !11 {
entry:
  %is0 = icmp eq ptr %target, @sum
  br i1 %is0, label %call0, label %next0
call0:
  %r0 = tail call { i64, i64 } @sum(<4 x i32> %a0, [2 x i64] %a1, ptr %a2), !dbg !12
  ret { i64, i64 } %r0
next0:
  call void @llvm.ubsantrap(i8 2), !dbg !12
  unreachable
}
