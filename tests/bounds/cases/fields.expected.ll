; 0: read: read of 4: checked, first_access
; 1: read: read of 4: checked, first_access
; 2: read: read of 4: proved, between_checked_bytes
; 3: read: read of 4: checked, first_access
; 4: read: read of 4: proved, between_checked_bytes
; 5: read: read of 4: checked, first_access

define internal i32 @read(ptr %p, i1 %again, i64 %fp.p0.lower, i64 %fp.p0.object) {
entry:
  %four = getelementptr i8 , ptr %p , i64 4
  %twelve = getelementptr i8 , ptr %p , i64 12
  %eight = getelementptr i8 , ptr %p , i64 8
  %fp.c0.room = and i64 %fp.p0.object, 4294967295
  %fp.c0.address = ptrtoint ptr %four to i64
  %fp.c0.offset = sub i64 %fp.c0.address, %fp.p0.lower
  %fp.c0.last = sub i64 %fp.c0.room, 4
  %fp.c0.far = icmp ugt i64 %fp.c0.offset, %fp.c0.last
  %fp.c0.short = icmp ult i64 %fp.c0.room, 4
  %fp.c0.outside = or i1 %fp.c0.far, %fp.c0.short
  br i1 %fp.c0.outside, label %fp.c0.trap, label %fp.c0.passed, !prof !0
fp.c0.passed:
  %a = load i32 , ptr %four , align 4
  %fp.c1.room = and i64 %fp.p0.object, 4294967295
  %fp.c1.address = ptrtoint ptr %twelve to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.p0.lower
  %fp.c1.last = sub i64 %fp.c1.room, 4
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 4
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  %b = load i32 , ptr %twelve , align 4
  %c = load i32 , ptr %eight , align 4
  br i1 %again , label %more , label %done
more:
  %d = load i32 , ptr %four , align 4
  %fp.c5.room = and i64 %fp.p0.object, 4294967295
  %fp.c5.address = ptrtoint ptr %p to i64
  %fp.c5.offset = sub i64 %fp.c5.address, %fp.p0.lower
  %fp.c5.last = sub i64 %fp.c5.room, 4
  %fp.c5.far = icmp ugt i64 %fp.c5.offset, %fp.c5.last
  %fp.c5.short = icmp ult i64 %fp.c5.room, 4
  %fp.c5.outside = or i1 %fp.c5.far, %fp.c5.short
  br i1 %fp.c5.outside, label %fp.c5.trap, label %fp.c5.passed, !prof !0
fp.c5.passed:
  %e = load i32 , ptr %p , align 4
  br label %done
done:
  %fp.c3.room = and i64 %fp.p0.object, 4294967295
  %fp.c3.address = ptrtoint ptr %p to i64
  %fp.c3.offset = sub i64 %fp.c3.address, %fp.p0.lower
  %fp.c3.last = sub i64 %fp.c3.room, 4
  %fp.c3.far = icmp ugt i64 %fp.c3.offset, %fp.c3.last
  %fp.c3.short = icmp ult i64 %fp.c3.room, 4
  %fp.c3.outside = or i1 %fp.c3.far, %fp.c3.short
  br i1 %fp.c3.outside, label %fp.c3.trap, label %fp.c3.passed, !prof !0
fp.c3.passed:
  %f = load i32 , ptr %p , align 4
  ret i32 %f
fp.c0.trap:
  call void @fp_bounds_fault(ptr %four, i64 %fp.p0.lower, i64 %fp.p0.object, i64 4, i32 0)
  unreachable
fp.c1.trap:
  call void @fp_bounds_fault(ptr %twelve, i64 %fp.p0.lower, i64 %fp.p0.object, i64 4, i32 1)
  unreachable
fp.c5.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 4, i32 5)
  unreachable
fp.c3.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 4, i32 3)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
