; A pointer that walks down, by 16 bytes a turn.
define void @back(ptr %end, ptr %start) {
entry:
  br label %loop

loop:
  %p = phi ptr [ %end, %entry ], [ %down, %loop ]
  %down = getelementptr inbounds i8, ptr %p, i64 -16
  store i64 0, ptr %down, align 8
  %half = getelementptr i8, ptr %p, i64 -8
  store i64 1, ptr %half, align 8
  %stop = icmp eq ptr %down, %start
  br i1 %stop, label %done, label %loop

done:
  ret void
}
