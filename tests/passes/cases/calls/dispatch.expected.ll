; call_it: load, read of 8 at @handlers+0 in image and heap: guarded, first_access_to_root, guard 0
; call_it: guard 0 of @handlers: access

@handlers = internal constant [2 x ptr] [ ptr @twice , ptr @increment ], align 8
define internal i32 @twice(i32 %x) #0 {
entry:
  %r = mul i32 %x , 2
  ret i32 %r
}
define internal fastcc i32 @increment(i32 %x) #0 {
entry:
  %r = add i32 %x , 1
  ret i32 %r
}
define internal i32 @never_taken(i32 %x) #0 {
entry:
  ret i32 %x
}
define internal i64 @other_type(i64 %x) #0 {
entry:
  ret i64 %x
}
define internal i32 @call_it(ptr %f, ptr %g, i32 %x, i64 %i) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %a = call i32 @fp.dispatch.0(ptr %f, i32 %x)
  %b = tail call i32 @fp.dispatch.0(ptr %f, i32 %a)
  %other = call i64 @fp.dispatch.1(ptr %g, i64 %i)
  call void @fp.dispatch.2(ptr %g, ptr @other_type)
  %fp.raw0 = getelementptr ptr , ptr @handlers , i64 %i
  %at = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %at to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %h = load ptr , ptr %at , align 8
  %c = call i32 @fp.dispatch.0(ptr %h, i32 %b)
  %d = call i32 @never_taken(i32 %c)
  ret i32 %d
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
define internal i32 @fp.dispatch.0(ptr %target, i32 %a0) #0 {
entry:
  %is0 = icmp eq ptr %target, @twice
  br i1 %is0, label %call0, label %next0
call0:
  %r0 = tail call i32 @twice(i32 %a0)
  ret i32 %r0
next0:
  %is1 = icmp eq ptr %target, @increment
  br i1 %is1, label %call1, label %next1
call1:
  %r1 = tail call fastcc i32 @increment(i32 %a0)
  ret i32 %r1
next1:
  call void @llvm.ubsantrap(i8 2)
  unreachable
}
define internal i64 @fp.dispatch.1(ptr %target, i64 %a0) #0 {
entry:
  %is0 = icmp eq ptr %target, @other_type
  br i1 %is0, label %call0, label %next0
call0:
  %r0 = tail call i64 @other_type(i64 %a0)
  ret i64 %r0
next0:
  call void @llvm.ubsantrap(i8 2)
  unreachable
}
define internal void @fp.dispatch.2(ptr %target, ptr %a0) #0 {
entry:
  call void @llvm.ubsantrap(i8 2)
  unreachable
}
