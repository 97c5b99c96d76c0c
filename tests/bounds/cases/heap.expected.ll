; 0: use: read of 1: proved, stays_in_object
; 1: use: read of 1: checked, first_access
; 2: use: read of 8: proved, stays_in_object
; 3: use: read of 1: checked, first_access
; site 1: heap malloc
; site 2: local slot
; site 3: heap posix_memalign

define ptr @malloc(i64 %bytes) #0 noinline optnone {
entry:
  %fp.arena.high = lshr i64 ptrtoint (ptr @fp_bounds_anchor to i64), 32
  %fp.arena = shl i64 %fp.arena.high, 32
  %header = getelementptr i8 , ptr null , i64 %bytes
  store i64 %bytes , ptr %header , align 8
  store i64 %fp.arena, ptr @fp_bounds_lower, align 8
  store i64 4294967295, ptr @fp_bounds_object, align 8
  ret ptr %header
}
define i32 @posix_memalign(ptr %place, i64 %align, i64 %bytes, i64 %fp.p0.lower, i64 %fp.p0.object) #0 noinline optnone {
entry:
  %new = call ptr @malloc(i64 %bytes)
  store ptr %new , ptr %place , align 8
  ret i32 0
}
define internal i8 @use(i64 %n) {
entry:
  %slot = alloca ptr , align 8
  %fp.b3.lower = ptrtoint ptr %slot to i64
  %fixed = call ptr @malloc(i64 16)
  %last = getelementptr i8 , ptr %fixed , i64 15
  %a = load i8 , ptr %last , align 1
  %sized = call ptr @malloc(i64 %n)
  %fp.b1.lower = ptrtoint ptr %sized to i64
  %fp.b1.size = mul i64 %n, 1
  %fp.b1.cut = and i64 %fp.b1.size, 4294967295
  %fp.b1.object = or i64 %fp.b1.cut, 4294967296
  %fp.c1.room = and i64 %fp.b1.object, 4294967295
  %fp.c1.address = ptrtoint ptr %sized to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.b1.lower
  %fp.c1.last = sub i64 %fp.c1.room, 1
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 1
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  %b = load i8 , ptr %sized , align 1
  %failed = call i32 @posix_memalign(ptr %slot, i64 64, i64 %n, i64 %fp.b3.lower, i64 8589934600)
  %fp.b4 = load i64, ptr %slot, align 8
  %fp.b5.lower = add i64 %fp.b4, 0
  %fp.b5.size = mul i64 %n, 1
  %fp.b5.cut = and i64 %fp.b5.size, 4294967295
  %fp.b5.object = or i64 %fp.b5.cut, 12884901888
  call void @fp_bounds_store(ptr %slot, i64 %fp.b4, i64 %fp.b5.lower, i64 %fp.b5.object)
  %aligned = load ptr , ptr %slot , align 8
  %fp.b2.word = ptrtoint ptr %aligned to i64
  %fp.b2 = call { i64, i64 } @fp_bounds_load(ptr %slot, i64 %fp.b2.word)
  %fp.b2.lower = extractvalue { i64, i64 } %fp.b2, 0
  %fp.b2.object = extractvalue { i64, i64 } %fp.b2, 1
  %fp.c3.room = and i64 %fp.b2.object, 4294967295
  %fp.c3.address = ptrtoint ptr %aligned to i64
  %fp.c3.offset = sub i64 %fp.c3.address, %fp.b2.lower
  %fp.c3.last = sub i64 %fp.c3.room, 1
  %fp.c3.far = icmp ugt i64 %fp.c3.offset, %fp.c3.last
  %fp.c3.short = icmp ult i64 %fp.c3.room, 1
  %fp.c3.outside = or i1 %fp.c3.far, %fp.c3.short
  br i1 %fp.c3.outside, label %fp.c3.trap, label %fp.c3.passed, !prof !0
fp.c3.passed:
  %c = load i8 , ptr %aligned , align 1
  ret i8 %c
fp.c1.trap:
  call void @fp_bounds_fault(ptr %sized, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 1)
  unreachable
fp.c3.trap:
  call void @fp_bounds_fault(ptr %aligned, i64 %fp.b2.lower, i64 %fp.b2.object, i64 1, i32 3)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
