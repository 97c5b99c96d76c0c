; A root the loop does not change is checked before it, and needs no touch.
define void @count(ptr %total, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %old = load i64, ptr %total, align 8
  %new = add i64 %old, %i
  store i64 %new, ptr %total, align 8
  %next = add i64 %i, 1
  %more = icmp ne i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}
