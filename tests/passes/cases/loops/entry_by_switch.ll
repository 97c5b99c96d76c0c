; Several cases of a switch enter the loop: their edges are split as one, and the phi has one value from it.
define void @cases(ptr %p, i64 %n) {
entry:
  switch i64 %n, label %done [
    i64 3, label %loop
    i64 5, label %loop
    i64 7, label %loop
  ]

loop:
  %i = phi i64 [ 9, %entry ], [ 9, %entry ], [ 9, %entry ], [ %next, %loop ]
  %at = getelementptr i8, ptr %p, i64 %i
  store i8 0, ptr %at, align 1
  %next = add i64 %i, 1
  %more = icmp ne i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}
