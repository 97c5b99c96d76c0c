; Roots from a load, a call, an integer, a phi and a select; null and a constant address, too.
declare ptr @fp_heap_start()

define void @roots(ptr %p, i64 %n, i1 %which) {
entry:
  %loaded = load ptr, ptr %p, align 8
  store i8 1, ptr %loaded, align 1
  %heap = call ptr @fp_heap_start()
  store i8 2, ptr %heap, align 1
  %made = inttoptr i64 %n to ptr
  store i8 3, ptr %made, align 1
  %chosen = select i1 %which, ptr %loaded, ptr %made
  store i8 4, ptr %chosen, align 1
  br i1 %which, label %one, label %two

one:
  br label %two

two:
  %either = phi ptr [ %p, %entry ], [ %heap, %one ]
  store i8 5, ptr %either, align 1
  store volatile i8 6, ptr null, align 1
  store i8 7, ptr inttoptr (i64 4096 to ptr), align 1
  store i8 8, ptr getelementptr (i8, ptr inttoptr (i64 4096 to ptr), i64 32), align 1
  ret void
}
