; What lies between checked bytes is the object's; what lies before or after them is checked.
define internal i32 @read(ptr %p, i1 %again) {
entry:
  %four = getelementptr i8, ptr %p, i64 4
  %twelve = getelementptr i8, ptr %p, i64 12
  %eight = getelementptr i8, ptr %p, i64 8
  %a = load i32, ptr %four, align 4
  %b = load i32, ptr %twelve, align 4
  %c = load i32, ptr %eight, align 4
  br i1 %again, label %more, label %done
more:
  %d = load i32, ptr %four, align 4
  %e = load i32, ptr %p, align 4
  br label %done
done:
  %f = load i32, ptr %p, align 4
  ret i32 %f
}
