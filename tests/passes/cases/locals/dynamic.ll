; A variable-length array: taken where it is reached, given back at its scope's end and at the function's.
declare ptr @llvm.stacksave.p0()
declare void @llvm.stackrestore.p0(ptr)

define void @rows(i64 %n, i32 %m) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %mark = call ptr @llvm.stacksave.p0()
  %row = alloca i32, i64 %i, align 16
  %line = alloca i8, i32 %m, align 64
  store i32 1, ptr %row, align 4
  store i8 1, ptr %line, align 1
  call void @llvm.stackrestore.p0(ptr %mark)
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done

done:
  ret void
}

define void @in_a_branch(i1 %which) {
entry:
  br i1 %which, label %a, label %b

a:
  %late = alloca [4 x i32], align 4
  store i32 1, ptr %late, align 4
  br label %b

b:
  ret void
}
