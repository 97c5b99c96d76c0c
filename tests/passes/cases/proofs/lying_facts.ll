; What the author says of ranges proves nothing: no flag, no metadata, no attribute, no assume.
@t = internal global [16 x i8] zeroinitializer, align 16
declare void @llvm.assume(i1)

define i8 @trusting(ptr dereferenceable(4096) nonnull %p, i64 range(i64 0, 16) %i, ptr %q) {
entry:
  %small = icmp ult i64 %i, 16
  call void @llvm.assume(i1 %small)
  %at = getelementptr inbounds nuw [16 x i8], ptr @t, i64 0, i64 %i
  %v = load i8, ptr %at, align 1, !range !0, !noundef !1
  %wide = zext nneg i8 %v to i64
  %n = add nuw nsw i64 %wide, %i
  %to = getelementptr inbounds nuw i8, ptr %p, i64 %n
  store i8 1, ptr %to, align 1
  %r = load i64, ptr %q, align 8, !range !2
  %by = getelementptr inbounds [16 x i8], ptr @t, i64 0, i64 %r
  store i8 1, ptr %by, align 1
  ret i8 %v
}

!0 = !{i8 0, i8 16}
!1 = !{}
!2 = !{i64 0, i64 16}
