; A list: each turn's root is loaded anew and checked anew.
define i64 @length(ptr %head) {
entry:
  br label %loop

loop:
  %p = phi ptr [ %head, %entry ], [ %next, %loop ]
  %n = phi i64 [ 0, %entry ], [ %n1, %loop ]
  %next = load ptr, ptr %p, align 8
  %n1 = add i64 %n, 1
  %end = icmp eq ptr %next, null
  br i1 %end, label %done, label %loop

done:
  ret i64 %n1
}
