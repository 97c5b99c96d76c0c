; The access is not made every turn: turns without it could move far away, so the guard stays beside it.
define void @mark(ptr %p, ptr %q, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %step ]
  %flag.at = getelementptr i8, ptr %q, i64 %i
  %flag = load i8, ptr %flag.at, align 1
  %is = icmp eq i8 %flag, 0
  br i1 %is, label %step, label %touch

touch:
  %at = getelementptr i32, ptr %p, i64 %i
  store i32 1, ptr %at, align 4
  br label %step

step:
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}
