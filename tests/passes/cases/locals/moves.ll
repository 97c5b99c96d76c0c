; What makes a local move to the module stack: an unproved index, a call, a store, a phi, a select, a return.
declare void @fp_log(i32, ptr, i64)

define i32 @index(i64 %i) {
entry:
  %table = alloca [8 x i32], align 16
  call void @llvm.lifetime.start.p0(ptr %table)
  %at = getelementptr inbounds [8 x i32], ptr %table, i64 0, i64 %i
  %v = load i32, ptr %at, align 4
  call void @llvm.lifetime.end.p0(ptr %table)
  ret i32 %v
}

define void @passed() {
entry:
  %text = alloca [4 x i8], align 1
  store i32 0, ptr %text, align 1
  call void @fp_log(i32 1, ptr %text, i64 4)
  ret void
}

define void @stored(ptr %to) {
entry:
  %x = alloca i64, align 8
  store ptr %x, ptr %to, align 8
  ret void
}

define i8 @joined(i1 %which, ptr %p) {
entry:
  %x = alloca i8, align 1
  %y = alloca i8, align 1
  br i1 %which, label %a, label %b

a:
  br label %b

b:
  %either = phi ptr [ %p, %entry ], [ %x, %a ]
  %chosen = select i1 %which, ptr %y, ptr %either
  %v = load i8, ptr %chosen, align 1
  ret i8 %v
}

define ptr @returned() {
entry:
  %x = alloca i8, align 1
  ret ptr %x
}

define i1 @compared(ptr %p) {
entry:
  %x = alloca i8, align 1
  %is = icmp eq ptr %x, %p
  ret i1 %is
}
declare void @llvm.lifetime.start.p0(ptr)
declare void @llvm.lifetime.end.p0(ptr)
