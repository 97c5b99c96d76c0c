; trusting: load, read of 1 at @t+0 in image and heap: guarded, first_access_to_root, guard 0
; trusting: store, write of 1 at %p+0: guarded, first_access_to_root, guard 1
; trusting: load, read of 8 at %q+0: guarded, first_access_to_root, guard 2
; trusting: store, write of 1 at @t+0 in image and heap: guarded, first_access_to_root, guard 3
; trusting: guard 0 of @t: access
; trusting: guard 1 of %p: access
; trusting: guard 2 of %q: access
; trusting: guard 3 of @t: access

@t = internal global [16 x i8] zeroinitializer, align 16
define internal i8 @trusting(ptr %p, i64 %i, ptr %fp.raw2) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %q = freeze ptr %fp.raw2
  %small = icmp ult i64 %i , 16
  %fp.raw0 = getelementptr [ 16 x i8 ] , ptr @t , i64 0 , i64 %i
  %at = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %at to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !3
fp.g0.passed:
  %v = load i8 , ptr %at , align 1
  %wide = zext i8 %v to i64
  %n = add i64 %wide , %i
  %fp.raw1 = getelementptr i8 , ptr %p , i64 %n
  %to = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %to to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !3
fp.g1.passed:
  store i8 1 , ptr %to , align 1
  %fp.g2.address = ptrtoint ptr %q to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !3
fp.g2.passed:
  %r = load i64 , ptr %q , align 8
  %fp.raw3 = getelementptr [ 16 x i8 ] , ptr @t , i64 0 , i64 %r
  %by = freeze ptr %fp.raw3
  %fp.g3.address = ptrtoint ptr %by to i64
  %fp.g3.distance = add i64 %fp.g3.address, %fp.negated
  %fp.g3.outside = icmp ugt i64 %fp.g3.distance, 1342111744
  br i1 %fp.g3.outside, label %fp.g3.trap, label %fp.g3.passed, !prof !3
fp.g3.passed:
  store i8 1 , ptr %by , align 1
  ret i8 %v
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
fp.g3.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g3.address, i32 3)
  unreachable
}
