; 0: init: read of 8: checked, first_access
; 1: init: read of 1: checked, first_access
; 2: process: read of 8: checked, first_access
; 3: process: write of 1: checked, first_access
; site 1: args structure
; site 2: args text
; site 3: args name
; site 4: batch
; site 5: packet

define i32 @init(ptr %args) {
entry:
  call void @fp_bounds_begin(ptr @fp_bounds_initial, i64 0)
  %fp.entered = call { i64, i64 } @fp_bounds_enter_init(ptr %args, i32 1, i32 2, i32 3)
  %fp.entered.lower = extractvalue { i64, i64 } %fp.entered, 0
  %fp.entered.object = extractvalue { i64, i64 } %fp.entered, 1
  %fp.c0.room = and i64 %fp.entered.object, 4294967295
  %fp.c0.address = ptrtoint ptr %args to i64
  %fp.c0.offset = sub i64 %fp.c0.address, %fp.entered.lower
  %fp.c0.last = sub i64 %fp.c0.room, 8
  %fp.c0.far = icmp ugt i64 %fp.c0.offset, %fp.c0.last
  %fp.c0.short = icmp ult i64 %fp.c0.room, 8
  %fp.c0.outside = or i1 %fp.c0.far, %fp.c0.short
  br i1 %fp.c0.outside, label %fp.c0.trap, label %fp.c0.passed, !prof !0
fp.c0.passed:
  %text = load ptr , ptr %args , align 8
  %fp.b1.word = ptrtoint ptr %text to i64
  %fp.b1 = call { i64, i64 } @fp_bounds_load(ptr %args, i64 %fp.b1.word)
  %fp.b1.lower = extractvalue { i64, i64 } %fp.b1, 0
  %fp.b1.object = extractvalue { i64, i64 } %fp.b1, 1
  %fp.c1.room = and i64 %fp.b1.object, 4294967295
  %fp.c1.address = ptrtoint ptr %text to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.b1.lower
  %fp.c1.last = sub i64 %fp.c1.room, 1
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 1
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  %first = load i8 , ptr %text , align 1
  %result = zext i8 %first to i32
  ret i32 %result
fp.c0.trap:
  call void @fp_bounds_fault(ptr %args, i64 %fp.entered.lower, i64 %fp.entered.object, i64 8, i32 0)
  unreachable
fp.c1.trap:
  call void @fp_bounds_fault(ptr %text, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 1)
  unreachable
}
define void @process(ptr %batch) {
entry:
  call void @fp_bounds_begin(ptr @fp_bounds_initial, i64 0)
  %fp.entered = call { i64, i64 } @fp_bounds_enter_process(ptr %batch, i32 4, i32 5)
  %fp.entered.lower = extractvalue { i64, i64 } %fp.entered, 0
  %fp.entered.object = extractvalue { i64, i64 } %fp.entered, 1
  %slot = getelementptr i8 , ptr %batch , i64 8
  %fp.c2.room = and i64 %fp.entered.object, 4294967295
  %fp.c2.address = ptrtoint ptr %slot to i64
  %fp.c2.offset = sub i64 %fp.c2.address, %fp.entered.lower
  %fp.c2.last = sub i64 %fp.c2.room, 8
  %fp.c2.far = icmp ugt i64 %fp.c2.offset, %fp.c2.last
  %fp.c2.short = icmp ult i64 %fp.c2.room, 8
  %fp.c2.outside = or i1 %fp.c2.far, %fp.c2.short
  br i1 %fp.c2.outside, label %fp.c2.trap, label %fp.c2.passed, !prof !0
fp.c2.passed:
  %data = load ptr , ptr %slot , align 8
  %fp.b1.word = ptrtoint ptr %data to i64
  %fp.b1 = call { i64, i64 } @fp_bounds_load(ptr %slot, i64 %fp.b1.word)
  %fp.b1.lower = extractvalue { i64, i64 } %fp.b1, 0
  %fp.b1.object = extractvalue { i64, i64 } %fp.b1, 1
  %fp.c3.room = and i64 %fp.b1.object, 4294967295
  %fp.c3.address = ptrtoint ptr %data to i64
  %fp.c3.offset = sub i64 %fp.c3.address, %fp.b1.lower
  %fp.c3.last = sub i64 %fp.c3.room, 1
  %fp.c3.far = icmp ugt i64 %fp.c3.offset, %fp.c3.last
  %fp.c3.short = icmp ult i64 %fp.c3.room, 1
  %fp.c3.outside = or i1 %fp.c3.far, %fp.c3.short
  br i1 %fp.c3.outside, label %fp.c3.trap, label %fp.c3.passed, !prof !0
fp.c3.passed:
  store i8 1 , ptr %data , align 1
  call void @process ( ptr %batch )
  ret void
fp.c2.trap:
  call void @fp_bounds_fault(ptr %slot, i64 %fp.entered.lower, i64 %fp.entered.object, i64 8, i32 2)
  unreachable
fp.c3.trap:
  call void @fp_bounds_fault(ptr %data, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 3)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
