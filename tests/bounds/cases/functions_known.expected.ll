; 0: use: write of some: checked, length_known_at_run_time
; 1: use: read of some: checked, length_known_at_run_time
; 2: use: write of 6: checked, first_access
; 3: use: read of 6: checked, first_access
; 4: use: write of some: checked, length_known_at_run_time
; 5: use: read of 16: checked, first_access
; 6: use: read of 16: checked, first_access
; 7: use: read of some: checked, length_known_at_run_time
; 8: use: write of 1: checked, first_access

define internal ptr @use(ptr %p, ptr %q, i64 %n, i32 %m, i64 %fp.p0.lower, i64 %fp.p0.object, i64 %fp.p1.lower, i64 %fp.p1.object) {
entry:
  %fp.n0 = add i64 %n, 0
  %fp.c0.room = and i64 %fp.p0.object, 4294967295
  %fp.c0.address = ptrtoint ptr %p to i64
  %fp.c0.offset = sub i64 %fp.c0.address, %fp.p0.lower
  %fp.c0.last = sub i64 %fp.c0.room, %fp.n0
  %fp.c0.far = icmp ugt i64 %fp.c0.offset, %fp.c0.last
  %fp.c0.short = icmp ult i64 %fp.c0.room, %fp.n0
  %fp.c0.outside = or i1 %fp.c0.far, %fp.c0.short
  %fp.c0.any = icmp ne i64 %fp.n0, 0
  %fp.c0.wrong = and i1 %fp.c0.outside, %fp.c0.any
  br i1 %fp.c0.wrong, label %fp.c0.trap, label %fp.c0.passed, !prof !0
fp.c0.passed:
  %fp.n1 = add i64 %n, 0
  %fp.c1.room = and i64 %fp.p1.object, 4294967295
  %fp.c1.address = ptrtoint ptr %q to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.p1.lower
  %fp.c1.last = sub i64 %fp.c1.room, %fp.n1
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, %fp.n1
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  %fp.c1.any = icmp ne i64 %fp.n1, 0
  %fp.c1.wrong = and i1 %fp.c1.outside, %fp.c1.any
  br i1 %fp.c1.wrong, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  call void @llvm.memcpy.p0.p0.i64 ( ptr %p , ptr %q , i64 %n , i1 false )
  %fp.b1 = add i64 %n, 0
  call void @fp_bounds_copy(ptr %p, ptr %q, i64 %fp.b1)
  %fp.c2.room = and i64 %fp.p0.object, 4294967295
  %fp.c2.address = ptrtoint ptr %p to i64
  %fp.c2.offset = sub i64 %fp.c2.address, %fp.p0.lower
  %fp.c2.last = sub i64 %fp.c2.room, 6
  %fp.c2.far = icmp ugt i64 %fp.c2.offset, %fp.c2.last
  %fp.c2.short = icmp ult i64 %fp.c2.room, 6
  %fp.c2.outside = or i1 %fp.c2.far, %fp.c2.short
  br i1 %fp.c2.outside, label %fp.c2.trap, label %fp.c2.passed, !prof !0
fp.c2.passed:
  %fp.c3.room = and i64 %fp.p1.object, 4294967295
  %fp.c3.address = ptrtoint ptr %q to i64
  %fp.c3.offset = sub i64 %fp.c3.address, %fp.p1.lower
  %fp.c3.last = sub i64 %fp.c3.room, 6
  %fp.c3.far = icmp ugt i64 %fp.c3.offset, %fp.c3.last
  %fp.c3.short = icmp ult i64 %fp.c3.room, 6
  %fp.c3.outside = or i1 %fp.c3.far, %fp.c3.short
  br i1 %fp.c3.outside, label %fp.c3.trap, label %fp.c3.passed, !prof !0
fp.c3.passed:
  call void @llvm.memcpy.p0.p0.i64 ( ptr %p , ptr %q , i64 6 , i1 false )
  %fp.n4 = zext i32 %m to i64
  %fp.c4.room = and i64 %fp.p0.object, 4294967295
  %fp.c4.address = ptrtoint ptr %p to i64
  %fp.c4.offset = sub i64 %fp.c4.address, %fp.p0.lower
  %fp.c4.last = sub i64 %fp.c4.room, %fp.n4
  %fp.c4.far = icmp ugt i64 %fp.c4.offset, %fp.c4.last
  %fp.c4.short = icmp ult i64 %fp.c4.room, %fp.n4
  %fp.c4.outside = or i1 %fp.c4.far, %fp.c4.short
  %fp.c4.any = icmp ne i64 %fp.n4, 0
  %fp.c4.wrong = and i1 %fp.c4.outside, %fp.c4.any
  br i1 %fp.c4.wrong, label %fp.c4.trap, label %fp.c4.passed, !prof !0
fp.c4.passed:
  call void @llvm.memset.p0.i32 ( ptr %p , i8 0 , i32 %m , i1 false )
  %fp.c5.room = and i64 %fp.p0.object, 4294967295
  %fp.c5.address = ptrtoint ptr %p to i64
  %fp.c5.offset = sub i64 %fp.c5.address, %fp.p0.lower
  %fp.c5.last = sub i64 %fp.c5.room, 16
  %fp.c5.far = icmp ugt i64 %fp.c5.offset, %fp.c5.last
  %fp.c5.short = icmp ult i64 %fp.c5.room, 16
  %fp.c5.outside = or i1 %fp.c5.far, %fp.c5.short
  br i1 %fp.c5.outside, label %fp.c5.trap, label %fp.c5.passed, !prof !0
fp.c5.passed:
  %fp.c6.room = and i64 %fp.p1.object, 4294967295
  %fp.c6.address = ptrtoint ptr %q to i64
  %fp.c6.offset = sub i64 %fp.c6.address, %fp.p1.lower
  %fp.c6.last = sub i64 %fp.c6.room, 16
  %fp.c6.far = icmp ugt i64 %fp.c6.offset, %fp.c6.last
  %fp.c6.short = icmp ult i64 %fp.c6.room, 16
  %fp.c6.outside = or i1 %fp.c6.far, %fp.c6.short
  br i1 %fp.c6.outside, label %fp.c6.trap, label %fp.c6.passed, !prof !0
fp.c6.passed:
  %order = call i32 @memcmp ( ptr %p , ptr %q , i64 16 )
  %found = call ptr @memchr ( ptr %p , i32 10 , i64 %n )
  %fp.n7.at = ptrtoint ptr %found to i64
  %fp.n7.from = ptrtoint ptr %p to i64
  %fp.n7.before = sub i64 %fp.n7.at, %fp.n7.from
  %fp.n7.read = add i64 %fp.n7.before, 1
  %fp.n7.none = icmp eq ptr %found, null
  %fp.n7 = select i1 %fp.n7.none, i64 %n, i64 %fp.n7.read
  %fp.c7.room = and i64 %fp.p0.object, 4294967295
  %fp.c7.address = ptrtoint ptr %p to i64
  %fp.c7.offset = sub i64 %fp.c7.address, %fp.p0.lower
  %fp.c7.last = sub i64 %fp.c7.room, %fp.n7
  %fp.c7.far = icmp ugt i64 %fp.c7.offset, %fp.c7.last
  %fp.c7.short = icmp ult i64 %fp.c7.room, %fp.n7
  %fp.c7.outside = or i1 %fp.c7.far, %fp.c7.short
  %fp.c7.any = icmp ne i64 %fp.n7, 0
  %fp.c7.wrong = and i1 %fp.c7.outside, %fp.c7.any
  br i1 %fp.c7.wrong, label %fp.c7.trap, label %fp.c7.passed, !prof !0
fp.c7.passed:
  %fp.c8.room = and i64 %fp.p0.object, 4294967295
  %fp.c8.address = ptrtoint ptr %found to i64
  %fp.c8.offset = sub i64 %fp.c8.address, %fp.p0.lower
  %fp.c8.last = sub i64 %fp.c8.room, 1
  %fp.c8.far = icmp ugt i64 %fp.c8.offset, %fp.c8.last
  %fp.c8.short = icmp ult i64 %fp.c8.room, 1
  %fp.c8.outside = or i1 %fp.c8.far, %fp.c8.short
  br i1 %fp.c8.outside, label %fp.c8.trap, label %fp.c8.passed, !prof !0
fp.c8.passed:
  store i8 1 , ptr %found , align 1
  store i64 %fp.p0.lower, ptr @fp_bounds_lower, align 8
  store i64 %fp.p0.object, ptr @fp_bounds_object, align 8
  ret ptr %found
fp.c0.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 %fp.n0, i32 0)
  unreachable
fp.c1.trap:
  call void @fp_bounds_fault(ptr %q, i64 %fp.p1.lower, i64 %fp.p1.object, i64 %fp.n1, i32 1)
  unreachable
fp.c2.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 6, i32 2)
  unreachable
fp.c3.trap:
  call void @fp_bounds_fault(ptr %q, i64 %fp.p1.lower, i64 %fp.p1.object, i64 6, i32 3)
  unreachable
fp.c4.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 %fp.n4, i32 4)
  unreachable
fp.c5.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 16, i32 5)
  unreachable
fp.c6.trap:
  call void @fp_bounds_fault(ptr %q, i64 %fp.p1.lower, i64 %fp.p1.object, i64 16, i32 6)
  unreachable
fp.c7.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 %fp.n7, i32 7)
  unreachable
fp.c8.trap:
  call void @fp_bounds_fault(ptr %found, i64 %fp.p0.lower, i64 %fp.p0.object, i64 1, i32 8)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
