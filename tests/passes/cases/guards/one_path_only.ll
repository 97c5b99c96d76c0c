; A guard on one of two paths says nothing where they meet, nor in a loop's next turn.
define i32 @meet(i1 %which, ptr %q, i64 %n) {
entry:
  br i1 %which, label %left, label %join

left:
  store i32 1, ptr %q, align 4
  br label %join

join:
  %v = load i32, ptr %q, align 4
  br label %loop

loop:
  %p = phi ptr [ %q, %join ], [ %other, %back ]
  %i = phi i64 [ 0, %join ], [ %turns, %back ]
  %other = load ptr, ptr %p, align 8
  br i1 %which, label %touch, label %back

touch:
  store i32 2, ptr %other, align 4
  br label %back

back:
  %turns = add i64 %i, 1
  %more = icmp ult i64 %turns, %n
  br i1 %more, label %loop, label %done

done:
  ret i32 %v
}
