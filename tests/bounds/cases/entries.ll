; Entry points keep their types, and describe what they are given.
define i32 @init(ptr %args) {
entry:
  %text = load ptr, ptr %args, align 8
  %first = load i8, ptr %text, align 1
  %result = zext i8 %first to i32
  ret i32 %result
}
define void @process(ptr %batch) {
entry:
  %slot = getelementptr i8, ptr %batch, i64 8
  %data = load ptr, ptr %slot, align 8
  store i8 1, ptr %data, align 1
  call void @process(ptr %batch)
  ret void
}
