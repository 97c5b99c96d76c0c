; A call comes before the access in the first turn, so no check may stand on the entry edge.
declare i64 @fp_now()

define void @stamp(ptr %p, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %now = call i64 @fp_now()
  %at = getelementptr i64, ptr %p, i64 %i
  store i64 %now, ptr %at, align 8
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}
