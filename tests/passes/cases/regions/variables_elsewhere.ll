; The address of a variable goes elsewhere in an integer, too; and a pointer may lie at any offset.
@kept = internal global ptr null
@packed = internal global <{ i8, ptr }> zeroinitializer

define internal ptr @fp_block_allocate(i64 %size) noinline {
  %address = inttoptr i64 %size to ptr
  ret ptr %address
}

define void @process(ptr %batch) {
  %entry = getelementptr i8, ptr %batch, i64 8
  %data = load ptr, ptr %entry
  %count = load i32, ptr %batch
  %is = icmp eq i32 %count, 1
  %offset = zext i32 %count to i64
  %place = add i64 %offset, ptrtoint (ptr @kept to i64)
  %slot = inttoptr i64 %place to ptr
  %entries = call ptr @fp_block_allocate(i64 64)
  store ptr %entries, ptr %slot
  store ptr %entries, ptr getelementptr (i8, ptr @packed, i64 1)
  %other = load ptr, ptr @kept
  %one = select i1 %is, ptr %data, ptr %other
  store i8 1, ptr %one
  %unaligned = load ptr, ptr getelementptr (i8, ptr @packed, i64 1)
  %two = select i1 %is, ptr %data, ptr %unaligned
  store i8 2, ptr %two
  ret void
}
