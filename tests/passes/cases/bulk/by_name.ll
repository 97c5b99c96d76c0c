; Functions the optimiser calls by their C names become the host's checked ones.
declare ptr @memcpy(ptr, ptr, i64)
declare i32 @memcmp(ptr, ptr, i64)
declare i32 @bcmp(ptr, ptr, i64)
declare ptr @memchr(ptr, i32, i64)

define i32 @compare(ptr %a, ptr %b, i64 %n) {
entry:
  %first = tail call i32 @memcmp(ptr %a, ptr %b, i64 %n)
  %second = call i32 @bcmp(ptr noundef %a, ptr nonnull %b, i64 %n)
  %found = call ptr @memchr(ptr %a, i32 0, i64 %n)
  store i8 1, ptr %found, align 1
  %to = call ptr @memcpy(ptr %a, ptr %b, i64 %n)
  %s = add i32 %first, %second
  ret i32 %s
}
