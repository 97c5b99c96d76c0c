; 0: use: read of 1: checked, first_access
; 1: use: read of 1: checked, first_access
; site 1: global table

@table = internal global [8 x i8] zeroinitializer, align 1
define internal ptr @skip(ptr %p, i64 %n, i64 %fp.p0.lower, i64 %fp.p0.object) {
entry:
  %q = getelementptr i8 , ptr %p , i64 %n
  store i64 %fp.p0.lower, ptr @fp_bounds_lower, align 8
  store i64 %fp.p0.object, ptr @fp_bounds_object, align 8
  ret ptr %q
}
define internal i8 @use(ptr %f, i64 %fp.p0.lower, i64 %fp.p0.object) {
entry:
  %fp.arena.high = lshr i64 ptrtoint (ptr @fp_bounds_anchor to i64), 32
  %fp.arena = shl i64 %fp.arena.high, 32
  %direct = call ptr @skip(ptr @table, i64 3, i64 ptrtoint (ptr @table to i64), i64 4294967304)
  %fp.b1.lower = load i64, ptr @fp_bounds_lower, align 8
  %fp.b1.object = load i64, ptr @fp_bounds_object, align 8
  %fp.c0.room = and i64 %fp.b1.object, 4294967295
  %fp.c0.address = ptrtoint ptr %direct to i64
  %fp.c0.offset = sub i64 %fp.c0.address, %fp.b1.lower
  %fp.c0.last = sub i64 %fp.c0.room, 1
  %fp.c0.far = icmp ugt i64 %fp.c0.offset, %fp.c0.last
  %fp.c0.short = icmp ult i64 %fp.c0.room, 1
  %fp.c0.outside = or i1 %fp.c0.far, %fp.c0.short
  br i1 %fp.c0.outside, label %fp.c0.trap, label %fp.c0.passed, !prof !0
fp.c0.passed:
  %a = load i8 , ptr %direct , align 1
  %indirect = call ptr %f(ptr %direct, i64 4, i64 %fp.b1.lower, i64 %fp.b1.object)
  %fp.b2.lower = load i64, ptr @fp_bounds_lower, align 8
  %fp.b2.object = load i64, ptr @fp_bounds_object, align 8
  %fp.c1.room = and i64 %fp.b2.object, 4294967295
  %fp.c1.address = ptrtoint ptr %indirect to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.b2.lower
  %fp.c1.last = sub i64 %fp.c1.room, 1
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 1
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  %b = load i8 , ptr %indirect , align 1
  %ignored = call ptr %f(ptr null, i64 5, i64 %fp.arena, i64 4294967295)
  ret i8 %b
fp.c0.trap:
  call void @fp_bounds_fault(ptr %direct, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 0)
  unreachable
fp.c1.trap:
  call void @fp_bounds_fault(ptr %indirect, i64 %fp.b2.lower, i64 %fp.b2.object, i64 1, i32 1)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
