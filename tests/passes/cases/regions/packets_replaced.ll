; A module that puts another address into a descriptor may find it there.
@spare = internal global [64 x i8] zeroinitializer

define void @process(ptr %batch) {
  %packet = getelementptr i8, ptr %batch, i64 8
  %data = load ptr, ptr %packet
  store i8 1, ptr %data
  store ptr @spare, ptr %packet
  ret void
}
