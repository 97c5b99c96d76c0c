; Hints and facts of the author are dropped; what only forwards a value is frozen.
declare void @llvm.assume(i1)
declare i64 @llvm.expect.i64(i64, i64)
declare i64 @llvm.expect.with.probability.i64(i64, i64, double)
declare void @llvm.experimental.noalias.scope.decl(metadata)
declare ptr @llvm.launder.invariant.group.p0(ptr)
declare ptr @llvm.invariant.start.p0(i64, ptr)
declare void @llvm.donothing()
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)

define i64 @hints(ptr %p, i64 %x) {
entry:
  %is = icmp ult i64 %x, 4
  call void @llvm.assume(i1 %is)
  call void @llvm.assume(i1 true) [ "align"(ptr %p, i64 64) ]
  %e = call i64 @llvm.expect.i64(i64 %x, i64 1)
  %f = call i64 @llvm.expect.with.probability.i64(i64 %e, i64 1, double 5.000000e-01)
  call void @llvm.experimental.noalias.scope.decl(metadata !0)
  %q = call ptr @llvm.launder.invariant.group.p0(ptr %p)
  %i = call ptr @llvm.invariant.start.p0(i64 8, ptr %q)
  call void @llvm.donothing()
  call void @llvm.prefetch.p0(ptr %p, i32 0, i32 3, i32 1)
  %v = load i64, ptr %q, align 8, !invariant.load !2, !alias.scope !0
  %s = add i64 %v, %f
  ret i64 %s
}

!0 = !{!1}
!1 = distinct !{!1, !3}
!2 = !{}
!3 = distinct !{!3}
