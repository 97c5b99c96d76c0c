; The block before the loop branches: the check gets an edge of its own, or it would trap without the loop.
define void @maybe(ptr %p, i64 %n) {
entry:
  %any = icmp ne i64 %n, 0
  br i1 %any, label %loop, label %done

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i8, ptr %p, i64 %i
  store i8 0, ptr %at, align 1
  %next = add i64 %i, 1
  %more = icmp ne i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  %turns = phi i64 [ 0, %entry ], [ %next, %loop ]
  ret void
}
