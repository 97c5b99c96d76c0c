; The base is the host's batch: no guard at all, but the touches keep the walk in it.
define void @process(ptr %batch) {
entry:
  %count = load i32, ptr %batch, align 8
  %wide = zext i32 %count to i64
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr [40 x i8], ptr %batch, i64 %i
  %gate = getelementptr i8, ptr %at, i64 20
  store i16 1, ptr %gate, align 4
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %wide
  br i1 %more, label %loop, label %done

done:
  ret void
}
