; No flag that makes a value poison is left; what a flag changed in meaning is kept in another way.
define i64 @integers(i64 %a, i64 %b, i32 %c, i1 %d) {
entry:
  %1 = add nuw nsw i64 %a, %b
  %2 = sub nsw i64 %1, %b
  %3 = mul nuw i64 %2, %b
  %4 = udiv exact i64 %3, 3
  %5 = ashr exact i64 %4, 2
  %6 = or disjoint i64 %5, %a
  %7 = zext nneg i32 %c to i64
  %8 = trunc nuw nsw i64 %6 to i32
  %9 = icmp samesign ult i64 %6, %7
  %10 = select i1 %9, i64 %6, i64 %7
  %11 = uitofp nneg i32 %8 to double
  %12 = fadd nnan ninf double %11, 1.0
  %13 = fmul fast double %12, %12
  %14 = fcmp nnan olt double %13, 1.0
  %15 = select nsz i1 %14, double %12, double %13
  %16 = bitcast double %15 to i64
  %17 = add i64 %16, %10
  ret i64 %17
}

define <2 x i32> @vectors(<2 x i32> %a, <2 x i32> %b) {
entry:
  %s = add nuw nsw <2 x i32> %a, %b
  %o = or disjoint <2 x i32> %s, %a
  ret <2 x i32> %o
}
