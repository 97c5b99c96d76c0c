; What a descriptor of the batch holds points into the packets, however it gets there.
define void @process(ptr %batch) {
entry:
  %count = load i32, ptr %batch
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %packet = getelementptr { i32, i32, [64 x { ptr, i32, i16, i16, i64, i32, i32 }] }, ptr %batch, i64 0, i32 2, i64 %i
  call void @one(ptr %packet, i64 %i)
  %next = add i64 %i, 1
  %n = zext i32 %count to i64
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}

define internal void @one(ptr %packet, i64 %i) noinline {
  %data = load ptr, ptr %packet
  %header = getelementptr i8, ptr %data, i64 14
  %changed = call ptr @skip(ptr %header)
  store i8 1, ptr %changed
  %payload = getelementptr i8, ptr %data, i64 %i
  store i8 2, ptr %payload
  %pushed = getelementptr i8, ptr %data, i64 -4
  store ptr %pushed, ptr %packet
  ret void
}

define internal ptr @skip(ptr %header) noinline {
  %first = load i8, ptr %header
  %is = icmp eq i8 %first, 69
  %longer = getelementptr i8, ptr %header, i64 4
  %result = select i1 %is, ptr %longer, ptr %header
  ret ptr %result
}
