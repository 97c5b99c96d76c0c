; init: store, write of 8 at @table+8 in image and heap: free, stays_in_object
; init: store, write of 8 at @table+0 in image and heap: free, stays_in_object
; init: store, write of 8 at @shared+0 in image and heap: free, stays_in_object
; init: store, write of 8 at @mixed+0 in image and heap: free, stays_in_object
; init: load, read of 8 at %args+0: free, near_trusted_pointer
; init: store, write of 8 at @mixed+0 in image and heap: free, stays_in_object
; use: load, read of 8 at @table+8 in image and heap: free, stays_in_object
; use: store, write of 8 at %entries+0 in image and heap: guarded, first_access_to_root, guard 0
; use: load, read of 8 at @shared+0 in image and heap: free, stays_in_object
; use: store, write of 8 at %other+0: guarded, first_access_to_root, guard 1
; use: load, read of 8 at @mixed+0 in image and heap: free, stays_in_object
; use: store, write of 8 at %either+0: guarded, first_access_to_root, guard 2
; use: guard 0 of %entries: access
; use: guard 1 of %other: access
; use: guard 2 of %either: access

@table = internal global { i64, ptr } zeroinitializer, align 8
@shared = internal global ptr null, align 8
@mixed = internal global ptr null, align 8
declare i32 @fp_counter(ptr) #1
define internal ptr @fp_block_allocate(i64 %size) #0 {
bb:
  %address = inttoptr i64 %size to ptr
  ret ptr %address
}
define i32 @init(ptr %args) #0 {
bb:
  %entries = call ptr @fp_block_allocate(i64 64)
  store ptr %entries , ptr getelementptr ( { i64 , ptr } , ptr @table , i64 0 , i32 1 ) , align 8
  store i64 8 , ptr @table , align 8
  store ptr %entries , ptr @shared , align 8
  store ptr %entries , ptr @mixed , align 8
  %text = load ptr , ptr %args , align 8
  store ptr %text , ptr @mixed , align 8
  %i = call i32 @fp_counter(ptr @shared)
  ret i32 0
}
define internal void @use(i64 %i) #0 {
bb:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %entries = load ptr , ptr getelementptr ( { i64 , ptr } , ptr @table , i64 0 , i32 1 ) , align 8
  %fp.raw0 = getelementptr i64 , ptr %entries , i64 %i
  %entry = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %entry to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 1342111744
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  store i64 1 , ptr %entry , align 8
  %fp.raw1 = load ptr , ptr @shared , align 8
  %other = freeze ptr %fp.raw1
  %fp.g1.address = ptrtoint ptr %other to i64
  %fp.g1.distance = add i64 %fp.g1.address, %fp.negated
  %fp.g1.outside = icmp ugt i64 %fp.g1.distance, 2147483647
  br i1 %fp.g1.outside, label %fp.g1.trap, label %fp.g1.passed, !prof !0
fp.g1.passed:
  store i64 2 , ptr %other , align 8
  %fp.raw2 = load ptr , ptr @mixed , align 8
  %either = freeze ptr %fp.raw2
  %fp.g2.address = ptrtoint ptr %either to i64
  %fp.g2.distance = add i64 %fp.g2.address, %fp.negated
  %fp.g2.outside = icmp ugt i64 %fp.g2.distance, 2147483647
  br i1 %fp.g2.outside, label %fp.g2.trap, label %fp.g2.passed, !prof !0
fp.g2.passed:
  store i64 3 , ptr %either , align 8
  ret void
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
fp.g1.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g1.address, i32 1)
  unreachable
fp.g2.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g2.address, i32 2)
  unreachable
}
