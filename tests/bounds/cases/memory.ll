; Pointers that are stored and loaded, and words that may be pointers.
@slot = internal global ptr null, align 8
define internal void @use(ptr %p, ptr %slots) {
entry:
  store ptr %p, ptr @slot, align 8
  store ptr null, ptr %slots, align 8
  %q = load ptr, ptr %slots, align 8
  store i8 1, ptr %q, align 1
  %unused = load ptr, ptr @slot, align 8
  %word = load i64, ptr %slots, align 8
  %second = getelementptr i8, ptr %slots, i64 8
  store i64 %word, ptr %second, align 8
  %vector = load <2 x i64>, ptr %slots, align 8
  store <2 x i64> %vector, ptr %second, align 8
  %pointer = inttoptr i64 %word to ptr
  store i8 2, ptr %pointer, align 1
  %sum = add i64 %word, 1
  %made = inttoptr i64 %sum to ptr
  store i8 3, ptr %made, align 1
  ret void
}
define internal void @lanes(ptr %p, ptr %q, ptr %slots, i1 %which) {
entry:
  %one = insertelement <2 x ptr> zeroinitializer, ptr %p, i64 0
  %both = insertelement <2 x ptr> %one, ptr %q, i64 1
  store <2 x ptr> %both, ptr %slots, align 8
  %a = load i64, ptr %p, align 8
  %b = load i64, ptr %q, align 8
  %chosen = select i1 %which, i64 %a, i64 %b
  store i64 %chosen, ptr %slots, align 8
  ret void
}
