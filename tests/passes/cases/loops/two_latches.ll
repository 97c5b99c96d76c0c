; Two ways back to the header, with different strides; both are short.
define void @skip(ptr %p, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %one, %near ], [ %two, %far ]
  %at = getelementptr i8, ptr %p, i64 %i
  %byte = load i8, ptr %at, align 1
  %is = icmp eq i8 %byte, 0
  br i1 %is, label %near, label %far

near:
  %one = add i64 %i, 1
  %a = icmp ult i64 %one, %n
  br i1 %a, label %loop, label %done

far:
  %two = add i64 %i, 100
  %b = icmp ult i64 %two, %n
  br i1 %b, label %loop, label %done

done:
  ret void
}
