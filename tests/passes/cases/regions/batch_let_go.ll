; A batch that is kept where it is not followed may hold anything when it is read again.
@kept = internal global ptr null

define void @process(ptr %batch) {
  store ptr %batch, ptr @kept
  %packet = getelementptr i8, ptr %batch, i64 8
  %data = load ptr, ptr %packet
  store i8 1, ptr %data
  ret void
}
