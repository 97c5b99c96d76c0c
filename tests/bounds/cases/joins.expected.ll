; 0: use: write of 1: checked, first_access
; 1: use: write of 1: checked, first_access
; 2: use: write of 2: checked, first_access
; site 1: global one
; site 2: global other

@one = internal global [8 x i8] zeroinitializer, align 1
@other = internal global [9 x i8] zeroinitializer, align 1
define internal void @use(i1 %which, i64 %n, ptr %p, i64 %fp.p0.lower, i64 %fp.p0.object) {
entry:
  %chosen = select i1 %which , ptr @one , ptr @other
  %fp.b1.lower = select i1 %which, i64 ptrtoint (ptr @one to i64), i64 ptrtoint (ptr @other to i64)
  %fp.b1.object = select i1 %which, i64 4294967304, i64 8589934601
  %at = getelementptr i8 , ptr %chosen , i64 %n
  %fp.c0.room = and i64 %fp.b1.object, 4294967295
  %fp.c0.address = ptrtoint ptr %at to i64
  %fp.c0.offset = sub i64 %fp.c0.address, %fp.b1.lower
  %fp.c0.last = sub i64 %fp.c0.room, 1
  %fp.c0.far = icmp ugt i64 %fp.c0.offset, %fp.c0.last
  %fp.c0.short = icmp ult i64 %fp.c0.room, 1
  %fp.c0.outside = or i1 %fp.c0.far, %fp.c0.short
  br i1 %fp.c0.outside, label %fp.c0.trap, label %fp.c0.passed, !prof !0
fp.c0.passed:
  store i8 1 , ptr %at , align 1
  br label %loop
loop:
  %walk = phi ptr [ %p, %fp.c0.passed ], [ %next, %fp.c1.passed ]
  %fp.b2.lower = phi i64 [ %fp.p0.lower, %fp.c0.passed ], [ %fp.b2.lower, %fp.c1.passed ]
  %fp.b2.object = phi i64 [ %fp.p0.object, %fp.c0.passed ], [ %fp.b2.object, %fp.c1.passed ]
  %fp.c1.room = and i64 %fp.b2.object, 4294967295
  %fp.c1.address = ptrtoint ptr %walk to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.b2.lower
  %fp.c1.last = sub i64 %fp.c1.room, 1
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 1
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  store i8 2 , ptr %walk , align 1
  %next = getelementptr i8 , ptr %walk , i64 1
  %done = icmp eq ptr %next , null
  br i1 %done , label %end , label %loop
end:
  %last = phi ptr [ %walk, %fp.c1.passed ]
  %fp.b3.lower = phi i64 [ %fp.b2.lower, %fp.c1.passed ]
  %fp.b3.object = phi i64 [ %fp.b2.object, %fp.c1.passed ]
  %fp.c2.room = and i64 %fp.b3.object, 4294967295
  %fp.c2.address = ptrtoint ptr %last to i64
  %fp.c2.offset = sub i64 %fp.c2.address, %fp.b3.lower
  %fp.c2.last = sub i64 %fp.c2.room, 2
  %fp.c2.far = icmp ugt i64 %fp.c2.offset, %fp.c2.last
  %fp.c2.short = icmp ult i64 %fp.c2.room, 2
  %fp.c2.outside = or i1 %fp.c2.far, %fp.c2.short
  br i1 %fp.c2.outside, label %fp.c2.trap, label %fp.c2.passed, !prof !0
fp.c2.passed:
  store i16 3 , ptr %last , align 1
  ret void
fp.c0.trap:
  call void @fp_bounds_fault(ptr %at, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 0)
  unreachable
fp.c1.trap:
  call void @fp_bounds_fault(ptr %walk, i64 %fp.b2.lower, i64 %fp.b2.object, i64 1, i32 1)
  unreachable
fp.c2.trap:
  call void @fp_bounds_fault(ptr %last, i64 %fp.b3.lower, i64 %fp.b3.object, i64 2, i32 2)
  unreachable
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [0 x { ptr, ptr, i64 }] []
