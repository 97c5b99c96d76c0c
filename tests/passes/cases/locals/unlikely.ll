; mode: rw
; lowering: segment

; its address is used in unlikely code only, in part through one computed before the loop: read again there
define void @cold(ptr %p, i64 %n) {
entry:
  %x = alloca [2 x i64], align 16
  %second = getelementptr inbounds i8, ptr %x, i64 8
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %q = getelementptr i64, ptr %p, i64 %i
  %v = load i64, ptr %q, align 8
  %rare = icmp eq i64 %v, 0
  br i1 %rare, label %unusual, label %latch, !prof !0

unusual:
  call void @use(ptr %x)
  %w = load i64, ptr %second, align 8
  store i64 %w, ptr %q, align 8
  br label %latch

latch:
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}

; used in the loop, too: it is at hand anyway
define void @warm(ptr %p, i64 %n) {
entry:
  %x = alloca i64, align 8
  br label %loop

loop:
  call void @use(ptr %x)
  %v = load i64, ptr %x, align 8
  %rare = icmp eq i64 %v, 0
  br i1 %rare, label %unusual, label %latch, !prof !0

unusual:
  store i64 1, ptr %x, align 8
  br label %latch

latch:
  %more = icmp ult i64 %v, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}

; nobody says that it is unlikely
define void @unknown(ptr %p, i1 %c) {
entry:
  %x = alloca i64, align 8
  br i1 %c, label %some, label %done

some:
  call void @use(ptr %x)
  br label %done

done:
  ret void
}

define internal void @use(ptr %x) noinline {
entry:
  store i64 7, ptr %x, align 8
  ret void
}

!0 = !{!"branch_weights", !"expected", i32 1, i32 2000}
