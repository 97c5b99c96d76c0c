
define internal i64 @integers(i64 %a, i64 %b, i32 %c, i1 %d) #0 {
entry:
  %i = add i64 %a , %b
  %i1 = sub i64 %i , %b
  %i2 = mul i64 %i1 , %b
  %i3 = udiv i64 %i2 , 3
  %i4 = ashr i64 %i3 , 2
  %i5 = add i64 %i4 , %a
  %i6 = zext i32 %c to i64
  %i7 = trunc i64 %i5 to i32
  %i8 = icmp ult i64 %i5 , %i6
  %i9 = select i1 %i8 , i64 %i5 , i64 %i6
  %i10 = uitofp i32 %i7 to double
  %i11 = fadd double %i10 , 1.000000e+00
  %i12 = fmul reassoc nsz arcp contract afn double %i11 , %i11
  %i13 = fcmp olt double %i12 , 1.000000e+00
  %i14 = select nsz i1 %i13 , double %i11 , double %i12
  %i15 = bitcast double %i14 to i64
  %i16 = add i64 %i15 , %i9
  ret i64 %i16
}
define internal <2 x i32> @vectors(<2 x i32> %a, <2 x i32> %b) #0 {
entry:
  %s = add < 2 x i32 > %a , %b
  %o = add < 2 x i32 > %s , %a
  ret < 2 x i32 > %o
}
