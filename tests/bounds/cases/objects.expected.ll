; 0: use: write of 4: proved, stays_in_object
; 1: use: write of 4: proved, stays_in_object
; 2: use: write of 4: checked, first_access
; 3: use: write of 4: checked, first_access
; 4: use: write of 1: checked, first_access
; 5: use: write of 8: proved, stays_in_object
; site 1: global table
; site 2: local local

@table = internal global [16 x i32] zeroinitializer, align 4
define internal void @use(i64 %index) {
entry:
  %local = alloca [ 8 x i8 ] , align 1
  %fp.b1.lower = ptrtoint ptr %local to i64
  %last = getelementptr i8 , ptr @table , i64 60
  store i32 1 , ptr %last , align 4
  %masked = and i64 %index , 15
  %chosen = getelementptr [ 16 x i32 ] , ptr @table , i64 0 , i64 %masked
  store i32 2 , ptr %chosen , align 4
  %over = getelementptr i8 , ptr @table , i64 61
  %fp.c2.address = ptrtoint ptr %over to i64
  %fp.c2.offset = sub i64 %fp.c2.address, ptrtoint (ptr @table to i64)
  %fp.c2.last = sub i64 64, 4
  %fp.c2.far = icmp ugt i64 %fp.c2.offset, %fp.c2.last
  %fp.c2.short = icmp ult i64 64, 4
  %fp.c2.outside = or i1 %fp.c2.far, %fp.c2.short
  br i1 %fp.c2.outside, label %fp.c2.trap, label %fp.c2.passed, !prof !0
fp.c2.passed:
  store i32 3 , ptr %over , align 1
  %wider = and i64 %index , 16
  %beyond = getelementptr [ 16 x i32 ] , ptr @table , i64 0 , i64 %wider
  %fp.c3.address = ptrtoint ptr %beyond to i64
  %fp.c3.offset = sub i64 %fp.c3.address, ptrtoint (ptr @table to i64)
  %fp.c3.last = sub i64 64, 4
  %fp.c3.far = icmp ugt i64 %fp.c3.offset, %fp.c3.last
  %fp.c3.short = icmp ult i64 64, 4
  %fp.c3.outside = or i1 %fp.c3.far, %fp.c3.short
  br i1 %fp.c3.outside, label %fp.c3.trap, label %fp.c3.passed, !prof !0
fp.c3.passed:
  store i32 4 , ptr %beyond , align 4
  %free = getelementptr i8 , ptr %local , i64 %index
  %fp.c4.address = ptrtoint ptr %free to i64
  %fp.c4.offset = sub i64 %fp.c4.address, %fp.b1.lower
  %fp.c4.last = sub i64 8, 1
  %fp.c4.far = icmp ugt i64 %fp.c4.offset, %fp.c4.last
  %fp.c4.short = icmp ult i64 8, 1
  %fp.c4.outside = or i1 %fp.c4.far, %fp.c4.short
  br i1 %fp.c4.outside, label %fp.c4.trap, label %fp.c4.passed, !prof !0
fp.c4.passed:
  store i8 5 , ptr %free , align 1
  store i64 6 , ptr %local , align 1
  ret void
fp.c2.trap:
  call void @fp_bounds_fault(ptr %over, i64 ptrtoint (ptr @table to i64), i64 4294967360, i64 4, i32 2)
  unreachable
fp.c3.trap:
  call void @fp_bounds_fault(ptr %beyond, i64 ptrtoint (ptr @table to i64), i64 4294967360, i64 4, i32 3)
  unreachable
fp.c4.trap:
  call void @fp_bounds_fault(ptr %free, i64 %fp.b1.lower, i64 8589934600, i64 1, i32 4)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
