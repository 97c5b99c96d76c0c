; Four elements a turn: all are near the one that is checked on entry.
define i32 @sum(ptr %p, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %s = phi i32 [ 0, %entry ], [ %s3, %loop ]
  %a0 = getelementptr inbounds i32, ptr %p, i64 %i
  %v0 = load i32, ptr %a0, align 4
  %a1 = getelementptr inbounds i8, ptr %a0, i64 4
  %v1 = load i32, ptr %a1, align 4
  %a2 = getelementptr inbounds i8, ptr %a0, i64 8
  %v2 = load i32, ptr %a2, align 4
  %s1 = add i32 %s, %v0
  %s2 = add i32 %s1, %v1
  %s3 = add i32 %s2, %v2
  %next = add i64 %i, 4
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret i32 %s3
}
