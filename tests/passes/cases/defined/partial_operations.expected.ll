
define internal i32 @conversions(float %f, <4 x double> %v, i32 %n) #0 {
entry:
  %a = call i32 @llvm.fptoui.sat.i32.f32(float %f)
  %b = call <4 x i16> @llvm.fptosi.sat.v4i16.v4f64(<4 x double> %v)
  %fp.element1.0.element = extractelement <4 x i16> %b, i64 0
  %fp.element1.0.is = icmp eq i32 %n, 0
  %fp.element1.0 = select i1 %fp.element1.0.is, i16 %fp.element1.0.element, i16 zeroinitializer
  %fp.element1.1.element = extractelement <4 x i16> %b, i64 1
  %fp.element1.1.is = icmp eq i32 %n, 1
  %fp.element1.1 = select i1 %fp.element1.1.is, i16 %fp.element1.1.element, i16 %fp.element1.0
  %fp.element1.2.element = extractelement <4 x i16> %b, i64 2
  %fp.element1.2.is = icmp eq i32 %n, 2
  %fp.element1.2 = select i1 %fp.element1.2.is, i16 %fp.element1.2.element, i16 %fp.element1.1
  %fp.element1.3.element = extractelement <4 x i16> %b, i64 3
  %fp.element1.3.is = icmp eq i32 %n, 3
  %fp.element1.3 = select i1 %fp.element1.3.is, i16 %fp.element1.3.element, i16 %fp.element1.2
  %c = freeze i16 %fp.element1.3
  %fp.element2.index = zext i32 %n to i64
  %fp.element2.indices.one = insertelement <4 x i64> zeroinitializer, i64 %fp.element2.index, i64 0
  %fp.element2.indices = shufflevector <4 x i64> %fp.element2.indices.one, <4 x i64> zeroinitializer, <4 x i32> zeroinitializer
  %fp.element2.values.one = insertelement <4 x i16> zeroinitializer, i16 %c, i64 0
  %fp.element2.values = shufflevector <4 x i16> %fp.element2.values.one, <4 x i16> zeroinitializer, <4 x i32> zeroinitializer
  %fp.element2.is = icmp eq <4 x i64> %fp.element2.indices, <i64 0, i64 1, i64 2, i64 3>
  %d = select <4 x i1> %fp.element2.is, <4 x i16> %fp.element2.values, <4 x i16> %b
  %e = extractelement < 4 x i16 > %d , i32 2
  %f.wide = sext i16 %e to i32
  %g = add i32 %a , %f.wide
  ret i32 %g
}
define internal i32 @bits(i32 %x, i32 %n, <2 x i64> %v) #0 {
entry:
  %zeros = call i32 @llvm.ctlz.i32(i32 %x, i1 false)
  %tail = call <2 x i64> @llvm.cttz.v2i64(<2 x i64> %v, i1 false)
  %abs = call i32 @llvm.abs.i32(i32 %x, i1 false)
  %fp.loose1 = shl i32 %zeros , %n
  %left = freeze i32 %fp.loose1
  %right = lshr i32 %left , 31
  %fp.loose2 = ashr i32 %abs , 32
  %beyond = freeze i32 %fp.loose2
  %fp.loose3 = shl < 2 x i64 > %tail , < i64 1 , i64 64 >
  %by = freeze <2 x i64> %fp.loose3
  %e = extractelement < 2 x i64 > %by , i64 1
  %f = trunc i64 %e to i32
  %s = add i32 %right , %beyond
  %t = add i32 %s , %f
  ret i32 %t
}
