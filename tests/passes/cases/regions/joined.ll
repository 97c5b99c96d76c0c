; Of two regions, or of an integer, it is the arena; null is of any.
@global = internal global [16 x i8] zeroinitializer

define void @process(ptr %batch) {
entry:
  %local = alloca [16 x i8]
  %packet = getelementptr i8, ptr %batch, i64 8
  %data = load ptr, ptr %packet
  %len = load i32, ptr %batch
  %is = icmp eq i32 %len, 1
  %one = select i1 %is, ptr %data, ptr @global
  store i8 1, ptr %one
  %maybe = select i1 %is, ptr %data, ptr null
  store i8 2, ptr %maybe
  %number = load i64, ptr %packet
  %made = inttoptr i64 %number to ptr
  store i8 3, ptr %made
  %at = zext i32 %len to i64
  %inside = getelementptr i8, ptr %local, i64 %at
  store i8 4, ptr %inside
  ret void
}
