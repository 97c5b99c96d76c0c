; A guard splits its block: phis further on name the part their edge now leaves from; a switch may repeat an edge.
define i64 @split(ptr %p, i32 %x) {
entry:
  %v = load i64, ptr %p, align 8
  switch i32 %x, label %other [
    i32 1, label %join
    i32 2, label %join
    i32 3, label %other
  ]

other:
  %q = load ptr, ptr %p, align 8
  %w = load i64, ptr %q, align 8
  br label %join

join:
  %r = phi i64 [ %v, %entry ], [ %v, %entry ], [ %w, %other ]
  ret i64 %r
}
