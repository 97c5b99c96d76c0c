; mode: wonly
; A native frame keeps few bytes of locals, the small ones first; a frame no stack could hold always traps.
define void @frames(i64 %x) {
entry:
  %small = alloca [64 x i8], align 1
  %big = alloca [4090 x i8], align 1
  %i = and i64 %x, 63
  %a = getelementptr i8, ptr %small, i64 %i
  store i8 1, ptr %a, align 1
  %b = getelementptr i8, ptr %big, i64 %i
  store i8 1, ptr %b, align 1
  ret void
}

define void @huge(i64 %x) {
entry:
  %all = alloca [1152921504606846976 x i64], align 8
  store i64 1, ptr %all, align 8
  ret void
}
