; The allocator is not instrumented; what it returns has the size that was asked for.
define ptr @malloc(i64 %bytes) #0 {
entry:
  %header = getelementptr i8, ptr null, i64 %bytes
  store i64 %bytes, ptr %header, align 8
  ret ptr %header
}
define i32 @posix_memalign(ptr %place, i64 %align, i64 %bytes) #0 {
entry:
  %new = call ptr @malloc(i64 %bytes)
  store ptr %new, ptr %place, align 8
  ret i32 0
}
define internal i8 @use(i64 %n) {
entry:
  %slot = alloca ptr, align 8
  %fixed = call ptr @malloc(i64 16)
  %last = getelementptr i8, ptr %fixed, i64 15
  %a = load i8, ptr %last, align 1
  %sized = call ptr @malloc(i64 %n)
  %b = load i8, ptr %sized, align 1
  %failed = call i32 @posix_memalign(ptr %slot, i64 64, i64 %n)
  %aligned = load ptr, ptr %slot, align 8
  %c = load i8, ptr %aligned, align 1
  ret i8 %c
}
attributes #0 = { disable_sanitizer_instrumentation nounwind }
