; Memory is not trusted to hold 0 or 1 where the program thinks it wrote a flag.
define i32 @flag(ptr %p, ptr %table) {
entry:
  %flag = load i1, ptr %p, align 1
  %volatile = load volatile i1, ptr %p, align 1
  %odd = load i24, ptr %p, align 4
  %i = zext i1 %flag to i64
  %at = getelementptr i32, ptr %table, i64 %i
  %v = load i32, ptr %at, align 4
  %both = and i1 %flag, %volatile
  %w = zext i1 %both to i32
  %o = zext i24 %odd to i32
  %s = add i32 %v, %w
  %t = add i32 %s, %o
  ret i32 %t
}
