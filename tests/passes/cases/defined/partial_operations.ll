; Operations that give poison for some operands are replaced or frozen.
declare i32 @llvm.ctlz.i32(i32, i1)
declare <2 x i64> @llvm.cttz.v2i64(<2 x i64>, i1)
declare i32 @llvm.abs.i32(i32, i1)

define i32 @conversions(float %f, <4 x double> %v, i32 %n) {
entry:
  %a = fptoui float %f to i32
  %b = fptosi <4 x double> %v to <4 x i16>
  %c = extractelement <4 x i16> %b, i32 %n
  %d = insertelement <4 x i16> %b, i16 %c, i32 %n
  %e = extractelement <4 x i16> %d, i32 2
  %f.wide = sext i16 %e to i32
  %g = add i32 %a, %f.wide
  ret i32 %g
}

define i32 @bits(i32 %x, i32 %n, <2 x i64> %v) {
entry:
  %zeros = call i32 @llvm.ctlz.i32(i32 %x, i1 true)
  %tail = call <2 x i64> @llvm.cttz.v2i64(<2 x i64> %v, i1 true)
  %abs = call i32 @llvm.abs.i32(i32 %x, i1 true)
  %left = shl nuw i32 %zeros, %n
  %right = lshr exact i32 %left, 31
  %beyond = ashr i32 %abs, 32
  %by = shl <2 x i64> %tail, <i64 1, i64 64>
  %e = extractelement <2 x i64> %by, i64 1
  %f = trunc i64 %e to i32
  %s = add i32 %right, %beyond
  %t = add i32 %s, %f
  ret i32 %t
}
