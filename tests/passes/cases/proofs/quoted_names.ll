; Names that need quotes keep them: globals, functions, values, labels, types.
%"a struct" = type { i32, i32 }
@"caf\C3\A9" = internal global %"a struct" zeroinitializer, align 4

define internal i32 @"r\C3\A9sum\C3\A9"(ptr %"the pointer") {
"the start":
  %"at 1" = getelementptr inbounds %"a struct", ptr %"the pointer", i64 0, i32 1
  %"v 1" = load i32, ptr %"at 1", align 4
  br label %"the end"

"the end":
  %"w 1" = phi i32 [ %"v 1", %"the start" ]
  ret i32 %"w 1"
}

define i32 @caller() {
entry:
  %v = call i32 @"r\C3\A9sum\C3\A9"(ptr @"caf\C3\A9")
  ret i32 %v
}
