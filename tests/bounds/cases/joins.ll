; Where pointers join, their bounds join; a pointer that walks keeps its own.
@one = internal global [8 x i8] zeroinitializer, align 1
@other = internal global [9 x i8] zeroinitializer, align 1
define internal void @use(i1 %which, i64 %n, ptr %p) {
entry:
  %chosen = select i1 %which, ptr @one, ptr @other
  %at = getelementptr i8, ptr %chosen, i64 %n
  store i8 1, ptr %at, align 1
  br label %loop
loop:
  %walk = phi ptr [ %p, %entry ], [ %next, %loop ]
  store i8 2, ptr %walk, align 1
  %next = getelementptr i8, ptr %walk, i64 1
  %done = icmp eq ptr %next, null
  br i1 %done, label %end, label %loop
end:
  %last = phi ptr [ %walk, %loop ]
  store i16 3, ptr %last, align 1
  ret void
}
