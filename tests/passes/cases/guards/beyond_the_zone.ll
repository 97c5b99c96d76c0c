; An offset whose last byte is 2 GiB - 1 is within reach of the root; one byte further, it needs a guard of its own.
define void @set(ptr %p) {
entry:
  %last = getelementptr i8, ptr %p, i64 2147483647
  store i8 1, ptr %last, align 1
  %beyond = getelementptr i8, ptr %p, i64 2147483648
  store i8 1, ptr %beyond, align 1
  %crossing = getelementptr i8, ptr %p, i64 2147483645
  store i32 1, ptr %crossing, align 1
  %before = getelementptr i8, ptr %p, i64 -65535
  store i8 1, ptr %before, align 1
  ret void
}
