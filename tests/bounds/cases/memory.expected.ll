; 0: use: write of 8: proved, stays_in_object
; 1: use: write of 8: checked, first_access
; 2: use: read of 8: proved, between_checked_bytes
; 3: use: write of 1: checked, first_access
; 4: use: read of 8: proved, stays_in_object
; 5: use: read of 8: proved, between_checked_bytes
; 6: use: write of 8: checked, first_access
; 7: use: read of 16: proved, between_checked_bytes
; 8: use: write of 16: checked, first_access
; 9: use: write of 1: checked, first_access
; 10: use: write of 1: unknown, pointer_of_unknown_origin
; 11: lanes: write of 16: checked, first_access
; 12: lanes: read of 8: checked, first_access
; 13: lanes: read of 8: checked, first_access
; 14: lanes: write of 8: proved, between_checked_bytes

@slot = internal global ptr null, align 8
define internal void @use(ptr %p, ptr %slots, i64 %fp.p0.lower, i64 %fp.p0.object, i64 %fp.p1.lower, i64 %fp.p1.object) {
entry:
  %fp.arena.high = lshr i64 ptrtoint (ptr @fp_bounds_anchor to i64), 32
  %fp.arena = shl i64 %fp.arena.high, 32
  store ptr %p , ptr @slot , align 8
  %fp.b3 = ptrtoint ptr %p to i64
  call void @fp_bounds_store(ptr @slot, i64 %fp.b3, i64 %fp.p0.lower, i64 %fp.p0.object)
  %fp.c1.room = and i64 %fp.p1.object, 4294967295
  %fp.c1.address = ptrtoint ptr %slots to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.p1.lower
  %fp.c1.last = sub i64 %fp.c1.room, 8
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 8
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  store ptr null , ptr %slots , align 8
  %q = load ptr , ptr %slots , align 8
  %fp.b1.word = ptrtoint ptr %q to i64
  %fp.b1 = call { i64, i64 } @fp_bounds_load(ptr %slots, i64 %fp.b1.word)
  %fp.b1.lower = extractvalue { i64, i64 } %fp.b1, 0
  %fp.b1.object = extractvalue { i64, i64 } %fp.b1, 1
  %fp.c3.room = and i64 %fp.b1.object, 4294967295
  %fp.c3.address = ptrtoint ptr %q to i64
  %fp.c3.offset = sub i64 %fp.c3.address, %fp.b1.lower
  %fp.c3.last = sub i64 %fp.c3.room, 1
  %fp.c3.far = icmp ugt i64 %fp.c3.offset, %fp.c3.last
  %fp.c3.short = icmp ult i64 %fp.c3.room, 1
  %fp.c3.outside = or i1 %fp.c3.far, %fp.c3.short
  br i1 %fp.c3.outside, label %fp.c3.trap, label %fp.c3.passed, !prof !0
fp.c3.passed:
  store i8 1 , ptr %q , align 1
  %unused = load ptr , ptr @slot , align 8
  %word = load i64 , ptr %slots , align 8
  %fp.b2.word = add i64 %word, 0
  %fp.b2 = call { i64, i64 } @fp_bounds_load(ptr %slots, i64 %fp.b2.word)
  %fp.b2.lower = extractvalue { i64, i64 } %fp.b2, 0
  %fp.b2.object = extractvalue { i64, i64 } %fp.b2, 1
  %second = getelementptr i8 , ptr %slots , i64 8
  %fp.c6.room = and i64 %fp.p1.object, 4294967295
  %fp.c6.address = ptrtoint ptr %second to i64
  %fp.c6.offset = sub i64 %fp.c6.address, %fp.p1.lower
  %fp.c6.last = sub i64 %fp.c6.room, 8
  %fp.c6.far = icmp ugt i64 %fp.c6.offset, %fp.c6.last
  %fp.c6.short = icmp ult i64 %fp.c6.room, 8
  %fp.c6.outside = or i1 %fp.c6.far, %fp.c6.short
  br i1 %fp.c6.outside, label %fp.c6.trap, label %fp.c6.passed, !prof !0
fp.c6.passed:
  store i64 %word , ptr %second , align 8
  call void @fp_bounds_store(ptr %second, i64 %word, i64 %fp.b2.lower, i64 %fp.b2.object)
  %vector = load < 2 x i64 > , ptr %slots , align 8
  %fp.c8.room = and i64 %fp.p1.object, 4294967295
  %fp.c8.address = ptrtoint ptr %second to i64
  %fp.c8.offset = sub i64 %fp.c8.address, %fp.p1.lower
  %fp.c8.last = sub i64 %fp.c8.room, 16
  %fp.c8.far = icmp ugt i64 %fp.c8.offset, %fp.c8.last
  %fp.c8.short = icmp ult i64 %fp.c8.room, 16
  %fp.c8.outside = or i1 %fp.c8.far, %fp.c8.short
  br i1 %fp.c8.outside, label %fp.c8.trap, label %fp.c8.passed, !prof !0
fp.c8.passed:
  store < 2 x i64 > %vector , ptr %second , align 8
  call void @fp_bounds_copy(ptr %second, ptr %slots, i64 16)
  %pointer = inttoptr i64 %word to ptr
  %fp.c9.room = and i64 %fp.b2.object, 4294967295
  %fp.c9.address = ptrtoint ptr %pointer to i64
  %fp.c9.offset = sub i64 %fp.c9.address, %fp.b2.lower
  %fp.c9.last = sub i64 %fp.c9.room, 1
  %fp.c9.far = icmp ugt i64 %fp.c9.offset, %fp.c9.last
  %fp.c9.short = icmp ult i64 %fp.c9.room, 1
  %fp.c9.outside = or i1 %fp.c9.far, %fp.c9.short
  br i1 %fp.c9.outside, label %fp.c9.trap, label %fp.c9.passed, !prof !0
fp.c9.passed:
  store i8 2 , ptr %pointer , align 1
  %sum = add i64 %word , 1
  %made = inttoptr i64 %sum to ptr
  store i8 3 , ptr %made , align 1
  ret void
fp.c1.trap:
  call void @fp_bounds_fault(ptr %slots, i64 %fp.p1.lower, i64 %fp.p1.object, i64 8, i32 1)
  unreachable
fp.c3.trap:
  call void @fp_bounds_fault(ptr %q, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 3)
  unreachable
fp.c6.trap:
  call void @fp_bounds_fault(ptr %second, i64 %fp.p1.lower, i64 %fp.p1.object, i64 8, i32 6)
  unreachable
fp.c8.trap:
  call void @fp_bounds_fault(ptr %second, i64 %fp.p1.lower, i64 %fp.p1.object, i64 16, i32 8)
  unreachable
fp.c9.trap:
  call void @fp_bounds_fault(ptr %pointer, i64 %fp.b2.lower, i64 %fp.b2.object, i64 1, i32 9)
  unreachable
}
define internal void @lanes(ptr %p, ptr %q, ptr %slots, i1 %which, i64 %fp.p0.lower, i64 %fp.p0.object, i64 %fp.p1.lower, i64 %fp.p1.object, i64 %fp.p2.lower, i64 %fp.p2.object) {
entry:
  %one = insertelement < 2 x ptr > zeroinitializer , ptr %p , i64 0
  %both = insertelement < 2 x ptr > %one , ptr %q , i64 1
  %fp.c11.room = and i64 %fp.p2.object, 4294967295
  %fp.c11.address = ptrtoint ptr %slots to i64
  %fp.c11.offset = sub i64 %fp.c11.address, %fp.p2.lower
  %fp.c11.last = sub i64 %fp.c11.room, 16
  %fp.c11.far = icmp ugt i64 %fp.c11.offset, %fp.c11.last
  %fp.c11.short = icmp ult i64 %fp.c11.room, 16
  %fp.c11.outside = or i1 %fp.c11.far, %fp.c11.short
  br i1 %fp.c11.outside, label %fp.c11.trap, label %fp.c11.passed, !prof !0
fp.c11.passed:
  store < 2 x ptr > %both , ptr %slots , align 8
  %fp.b1 = getelementptr i8, ptr %slots, i64 0
  call void @fp_bounds_forget(ptr %fp.b1)
  %fp.b2 = getelementptr i8, ptr %slots, i64 8
  call void @fp_bounds_forget(ptr %fp.b2)
  %fp.c12.room = and i64 %fp.p0.object, 4294967295
  %fp.c12.address = ptrtoint ptr %p to i64
  %fp.c12.offset = sub i64 %fp.c12.address, %fp.p0.lower
  %fp.c12.last = sub i64 %fp.c12.room, 8
  %fp.c12.far = icmp ugt i64 %fp.c12.offset, %fp.c12.last
  %fp.c12.short = icmp ult i64 %fp.c12.room, 8
  %fp.c12.outside = or i1 %fp.c12.far, %fp.c12.short
  br i1 %fp.c12.outside, label %fp.c12.trap, label %fp.c12.passed, !prof !0
fp.c12.passed:
  %a = load i64 , ptr %p , align 8
  %fp.c13.room = and i64 %fp.p1.object, 4294967295
  %fp.c13.address = ptrtoint ptr %q to i64
  %fp.c13.offset = sub i64 %fp.c13.address, %fp.p1.lower
  %fp.c13.last = sub i64 %fp.c13.room, 8
  %fp.c13.far = icmp ugt i64 %fp.c13.offset, %fp.c13.last
  %fp.c13.short = icmp ult i64 %fp.c13.room, 8
  %fp.c13.outside = or i1 %fp.c13.far, %fp.c13.short
  br i1 %fp.c13.outside, label %fp.c13.trap, label %fp.c13.passed, !prof !0
fp.c13.passed:
  %b = load i64 , ptr %q , align 8
  %chosen = select i1 %which , i64 %a , i64 %b
  store i64 %chosen , ptr %slots , align 8
  call void @fp_bounds_forget(ptr %slots)
  ret void
fp.c11.trap:
  call void @fp_bounds_fault(ptr %slots, i64 %fp.p2.lower, i64 %fp.p2.object, i64 16, i32 11)
  unreachable
fp.c12.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object, i64 8, i32 12)
  unreachable
fp.c13.trap:
  call void @fp_bounds_fault(ptr %q, i64 %fp.p1.lower, i64 %fp.p1.object, i64 8, i32 13)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
