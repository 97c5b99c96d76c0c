; An index of eight bits, widened without a sign, cannot leave the zone of a guarded root.
define i8 @by_byte(ptr %p, i8 %x, i32 %y) {
entry:
  %i = zext i8 %x to i64
  %first = load i8, ptr %p, align 1
  %at = getelementptr i8, ptr %p, i64 %i
  %v = load i8, ptr %at, align 1
  %j = zext i32 %y to i64
  %far = getelementptr i8, ptr %p, i64 %j
  %w = load i8, ptr %far, align 1
  %k = sext i8 %x to i64
  %signed = getelementptr i8, ptr %p, i64 %k
  %u = load i8, ptr %signed, align 1
  ret i8 %u
}
