; Memory of the heap is known by the variable it is kept in, if that is only ever loaded and stored.
@table = internal global { i64, ptr } zeroinitializer
@shared = internal global ptr null
@mixed = internal global ptr null

declare i32 @fp_counter(ptr)

define internal ptr @fp_block_allocate(i64 %size) noinline {
  %address = inttoptr i64 %size to ptr
  ret ptr %address
}

define i32 @init(ptr %args) {
  %entries = call ptr @fp_block_allocate(i64 64)
  store ptr %entries, ptr getelementptr ({ i64, ptr }, ptr @table, i64 0, i32 1)
  store i64 8, ptr @table
  store ptr %entries, ptr @shared
  store ptr %entries, ptr @mixed
  %text = load ptr, ptr %args
  store ptr %text, ptr @mixed
  call i32 @fp_counter(ptr @shared)
  ret i32 0
}

define internal void @use(i64 %i) {
  %entries = load ptr, ptr getelementptr ({ i64, ptr }, ptr @table, i64 0, i32 1)
  %entry = getelementptr i64, ptr %entries, i64 %i
  store i64 1, ptr %entry
  %other = load ptr, ptr @shared
  store i64 2, ptr %other
  %either = load ptr, ptr @mixed
  store i64 3, ptr %either
  ret void
}
