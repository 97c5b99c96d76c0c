; process: load, read of 4 at %batch+0: free, near_trusted_pointer
; process: store, write of 2 at %batch+20: free, advances_by_stride

define void @process(ptr %batch) #0 {
entry:
  %count = load i32 , ptr %batch , align 8
  %wide = zext i32 %count to i64
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr [ 40 x i8 ] , ptr %batch , i64 %i
  %gate = getelementptr i8 , ptr %at , i64 20
  store volatile i16 1 , ptr %gate , align 4
  %next = add i64 %i , 1
  %more = icmp ult i64 %next , %wide
  br i1 %more , label %loop , label %done
done:
  ret void
}
