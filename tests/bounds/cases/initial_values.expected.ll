; 0: fini: read of 8: proved, stays_in_object
; 1: fini: write of 1: checked, first_access
; site 1: global bytes
; site 2: global text

@bytes = internal global [12 x i8] zeroinitializer, align 1
@text = internal unnamed_addr constant [5 x i8] c"text\00", align 1
@table = internal global { i32, ptr, [2 x ptr] } { i32 1, ptr @bytes, [2 x ptr] [ptr getelementptr (i8, ptr @bytes, i64 4), ptr @text] }, align 8
@functions = internal constant [2 x ptr] [ptr @fp_bounds_call_fini, ptr null], align 8
define void @fini() {
entry:
  call void @fp_bounds_begin(ptr @fp_bounds_initial, i64 3)
  %p = load ptr , ptr getelementptr ( i8 , ptr @table , i64 8 ) , align 8
  %fp.b1.word = ptrtoint ptr %p to i64
  %fp.b1 = call { i64, i64 } @fp_bounds_load(ptr getelementptr ( i8 , ptr @table , i64 8 ), i64 %fp.b1.word)
  %fp.b1.lower = extractvalue { i64, i64 } %fp.b1, 0
  %fp.b1.object = extractvalue { i64, i64 } %fp.b1, 1
  %fp.c1.room = and i64 %fp.b1.object, 4294967295
  %fp.c1.address = ptrtoint ptr %p to i64
  %fp.c1.offset = sub i64 %fp.c1.address, %fp.b1.lower
  %fp.c1.last = sub i64 %fp.c1.room, 1
  %fp.c1.far = icmp ugt i64 %fp.c1.offset, %fp.c1.last
  %fp.c1.short = icmp ult i64 %fp.c1.room, 1
  %fp.c1.outside = or i1 %fp.c1.far, %fp.c1.short
  br i1 %fp.c1.outside, label %fp.c1.trap, label %fp.c1.passed, !prof !0
fp.c1.passed:
  store i8 1 , ptr %p , align 1
  ret void
fp.c1.trap:
  call void @fp_bounds_fault(ptr %p, i64 %fp.b1.lower, i64 %fp.b1.object, i64 1, i32 1)
  unreachable
}
define internal void @fp_bounds_call_fini() {
entry:
  call void @fini()
  ret void
}
@fp_bounds_anchor = internal constant i8 0
@fp_bounds_initial = internal constant [3 x { ptr, ptr, i64 }] [{ ptr, ptr, i64 } { ptr getelementptr (i8, ptr @table, i64 8), ptr @bytes, i64 4294967308 }, { ptr, ptr, i64 } { ptr getelementptr (i8, ptr @table, i64 16), ptr @bytes, i64 4294967308 }, { ptr, ptr, i64 } { ptr getelementptr (i8, ptr @table, i64 24), ptr @text, i64 8589934597 }]
