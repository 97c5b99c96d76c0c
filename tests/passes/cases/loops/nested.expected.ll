; clear: store, write of 4 at %m+0: covered, advances_by_stride, guard 0
; clear: store, write of 4 at %m+0: covered, advances_by_stride, guard 0
; clear: guard 0 of %m: loop entry

define internal void @clear(ptr %m, i64 %rows) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %fp.e0 = freeze ptr %m
  %fp.g0.address = ptrtoint ptr %fp.e0 to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  br label %row
row:
  %r = phi i64 [ 0, %fp.g0.passed ], [ %r1, %row.end ]
  %row.at = getelementptr [ 64 x i32 ] , ptr %m , i64 %r
  store volatile i32 -1 , ptr %row.at , align 4
  br label %column
column:
  %c = phi i64 [ 0, %row ], [ %c1, %column ]
  %at = getelementptr [ 64 x i32 ] , ptr %m , i64 %r , i64 %c
  store volatile i32 0 , ptr %at , align 4
  %c1 = add i64 %c , 1
  %more = icmp ult i64 %c1 , 64
  br i1 %more , label %column , label %row.end
row.end:
  %r1 = add i64 %r , 1
  %again = icmp ult i64 %r1 , %rows
  br i1 %again , label %row , label %done
done:
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
