; Control never falls off a function: a trap stands before each unreachable.
declare void @llvm.trap()
declare void @llvm.ubsantrap(i8)
declare void @llvm.debugtrap()

define i32 @never(i32 %x) {
entry:
  switch i32 %x, label %default [
    i32 0, label %zero
    i32 1, label %one
    i32 2, label %two
  ]

zero:
  call void @llvm.trap()
  unreachable

one:
  call void @llvm.ubsantrap(i8 4)
  unreachable

two:
  call void @llvm.debugtrap()
  ret i32 1

default:
  unreachable
}
