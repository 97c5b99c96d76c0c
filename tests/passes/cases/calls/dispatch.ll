; An indirect call becomes a call of one of the module's functions of that type whose address is taken, or a trap.
@handlers = internal constant [2 x ptr] [ptr @twice, ptr @increment], align 8

define internal i32 @twice(i32 %x) {
entry:
  %r = mul i32 %x, 2
  ret i32 %r
}

define internal fastcc i32 @increment(i32 %x) {
entry:
  %r = add i32 %x, 1
  ret i32 %r
}

define internal i32 @never_taken(i32 %x) {
entry:
  ret i32 %x
}

define internal i64 @other_type(i64 %x) {
entry:
  ret i64 %x
}

define i32 @call_it(ptr %f, ptr %g, i32 %x, i64 %i) {
entry:
  %a = call i32 %f(i32 %x)
  %b = tail call fastcc i32 %f(i32 signext %a)
  %other = call i64 %g(i64 %i)
  call void %g(ptr @other_type)
  %at = getelementptr ptr, ptr @handlers, i64 %i
  %h = load ptr, ptr %at, align 8
  %c = call i32 %h(i32 %b)
  %d = call i32 @never_taken(i32 %c)
  ret i32 %d
}
