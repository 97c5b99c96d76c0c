; mode: wonly
; Each kind of atomic that writes gets a guard by itself; an atomic load is a read.
define i32 @load(ptr %p) {
entry:
  %a = load atomic i32, ptr %p acquire, align 4
  ret i32 %a
}

define void @store(ptr %p) {
entry:
  store atomic i32 1, ptr %p seq_cst, align 4
  ret void
}

define i1 @exchange(ptr %p) {
entry:
  %pair = cmpxchg ptr %p, i32 0, i32 1 seq_cst seq_cst, align 4
  %done = extractvalue { i32, i1 } %pair, 1
  ret i1 %done
}

define void @count(ptr %p, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i32, ptr %p, i64 %i
  %old = atomicrmw add ptr %at, i32 1 monotonic, align 4
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}
