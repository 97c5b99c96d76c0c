; Structures passed by value: by address, copied by the callee; the caller's stays as it was.
%golden.big = type { [4 x i64] }

define dso_local i64 @callee(ptr noundef byval(%golden.big) align 8 %x, i32 %n, ptr noundef byval([16 x i8]) align 32 %y) {
entry:
  store i64 1, ptr %x, align 8
  %v = load i64, ptr %y, align 8
  ret i64 %v
}

define dso_local void @process(ptr noundef %p) {
entry:
  %r = call i64 @callee(ptr noundef nonnull byval(%golden.big) align 8 %p, i32 7, ptr byval([16 x i8]) align 32 %p)
  ret void
}

declare void @elsewhere(ptr byval(%golden.big) align 8)
