; "r\C3\A9sum\C3\A9": load, read of 4 at %"the pointer"+4 in image and heap: guarded, first_access_to_root, guard 0
; "r\C3\A9sum\C3\A9": guard 0 of %"the pointer": access

%"a struct" = type { i32, i32 }
@"caf\C3\A9" = internal global %"a struct" zeroinitializer, align 4
define internal i32 @"r\C3\A9sum\C3\A9"(ptr %fp.raw0) #0 {
"the start":
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %"the pointer" = freeze ptr %fp.raw0
  %"at 1" = getelementptr %"a struct" , ptr %"the pointer" , i64 0 , i32 1
  %fp.g0.address = ptrtoint ptr %"the pointer" to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %"v 1" = load i32 , ptr %"at 1" , align 4
  br label %"the end"
"the end":
  %"w 1" = phi i32 [ %"v 1", %fp.g0.passed ]
  ret i32 %"w 1"
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
define internal i32 @caller() #0 {
entry:
  %v = call i32 @"r\C3\A9sum\C3\A9"(ptr @"caf\C3\A9")
  ret i32 %v
}
