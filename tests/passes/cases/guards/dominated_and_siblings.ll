; A guard serves what it dominates; the two arms of a branch get one each, and the join a third.
define i32 @choose(i1 %which, ptr %p, ptr %q) {
entry:
  %first = load i32, ptr %p, align 4
  br i1 %which, label %left, label %right

left:
  %again = load i32, ptr %p, align 4
  store i32 %first, ptr %q, align 4
  br label %join

right:
  %other.at = getelementptr i8, ptr %q, i64 8
  store i32 2, ptr %other.at, align 4
  br label %join

join:
  %result = phi i32 [ %again, %left ], [ 0, %right ]
  %last = load i32, ptr %q, align 4
  %sum = add i32 %result, %last
  ret i32 %sum
}
