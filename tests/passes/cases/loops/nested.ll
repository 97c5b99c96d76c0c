; A matrix: rows of 256 bytes; the inner loop starts where the outer one stands.
define void @clear(ptr %m, i64 %rows) {
entry:
  br label %row

row:
  %r = phi i64 [ 0, %entry ], [ %r1, %row.end ]
  %row.at = getelementptr [64 x i32], ptr %m, i64 %r
  store i32 -1, ptr %row.at, align 4
  br label %column

column:
  %c = phi i64 [ 0, %row ], [ %c1, %column ]
  %at = getelementptr [64 x i32], ptr %m, i64 %r, i64 %c
  store i32 0, ptr %at, align 4
  %c1 = add i64 %c, 1
  %more = icmp ult i64 %c1, 64
  br i1 %more, label %column, label %row.end

row.end:
  %r1 = add i64 %r, 1
  %again = icmp ult i64 %r1, %rows
  br i1 %again, label %row, label %done

done:
  ret void
}
