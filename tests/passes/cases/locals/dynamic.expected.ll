; rows: store, write of 4 at %row+0 in stack: free, near_trusted_pointer
; rows: store, write of 1 at %line+0 in stack: free, near_trusted_pointer
; in_a_branch: store, write of 4 at %late+0 in stack: free, near_trusted_pointer
; moved: in_a_branch:late: its size is not known before run time
; moved: rows:line: its size is not known before run time
; moved: rows:row: its size is not known before run time

define internal void @rows(i64 %n, i32 %m) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %fp.full3.taken ]
  %mark = load ptr, ptr @__fp_stack_pointer, align 8
  %row = call ptr @fp.allocate(i64 %i, i64 4, i64 -16)
  %fp.full1.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.full1.low = ptrtoint ptr %fp.full1.limit to i64
  %fp.full1.address = ptrtoint ptr %row to i64
  %fp.full1.distance = sub i64 %fp.full1.address, %fp.full1.low
  %fp.full1.outside = icmp ugt i64 %fp.full1.distance, 1048576
  br i1 %fp.full1.outside, label %fp.full1.trap, label %fp.full1.taken, !prof !0
fp.full1.taken:
  %fp.count2 = zext i32 %m to i64
  %line = call ptr @fp.allocate(i64 %fp.count2, i64 1, i64 -64)
  %fp.full3.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.full3.low = ptrtoint ptr %fp.full3.limit to i64
  %fp.full3.address = ptrtoint ptr %line to i64
  %fp.full3.distance = sub i64 %fp.full3.address, %fp.full3.low
  %fp.full3.outside = icmp ugt i64 %fp.full3.distance, 1048576
  br i1 %fp.full3.outside, label %fp.full3.trap, label %fp.full3.taken, !prof !0
fp.full3.taken:
  store i32 1 , ptr %row , align 4
  store i8 1 , ptr %line , align 1
  call void @fp.release(ptr %mark)
  %next = add i64 %i , 1
  %more = icmp ult i64 %next , %n
  br i1 %more , label %loop , label %done
done:
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.full1.trap:
  call void @llvm.ubsantrap(i8 3)
  unreachable
fp.full3.trap:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal void @in_a_branch(i1 %which) #0 {
entry:
  %fp.caller = load ptr, ptr @__fp_stack_pointer, align 8
  br i1 %which , label %a , label %b
a:
  %late = call ptr @fp.allocate(i64 1, i64 16, i64 -16)
  %fp.full1.limit = load ptr, ptr @__fp_stack_limit, align 8
  %fp.full1.low = ptrtoint ptr %fp.full1.limit to i64
  %fp.full1.address = ptrtoint ptr %late to i64
  %fp.full1.distance = sub i64 %fp.full1.address, %fp.full1.low
  %fp.full1.outside = icmp ugt i64 %fp.full1.distance, 1048576
  br i1 %fp.full1.outside, label %fp.full1.trap, label %fp.full1.taken, !prof !0
fp.full1.taken:
  store i32 1 , ptr %late , align 4
  br label %b
b:
  store ptr %fp.caller, ptr @__fp_stack_pointer, align 8
  ret void
fp.full1.trap:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
define internal ptr @fp.allocate(i64 %count, i64 %size, i64 %mask) #0 {
entry:
  %now = load ptr, ptr @__fp_stack_pointer, align 8
  %low = load ptr, ptr @__fp_stack_limit, align 8
  %few = call i64 @llvm.umin.i64(i64 %count, i64 1048577)
  %small = call i64 @llvm.umin.i64(i64 %size, i64 1048577)
  %bytes = mul i64 %few, %small
  %a = ptrtoint ptr %now to i64
  %b = ptrtoint ptr %low to i64
  %room = sub i64 %a, %b
  %much = icmp ugt i64 %bytes, %room
  br i1 %much, label %full, label %fits
fits:
  %negated = sub i64 0, %bytes
  %raw = getelementptr i8, ptr %now, i64 %negated
  %new = call ptr @llvm.ptrmask.p0.i64(ptr %raw, i64 %mask)
  %under = icmp ult ptr %new, %low
  br i1 %under, label %full, label %take
take:
  store ptr %new, ptr @__fp_stack_pointer, align 8
  ret ptr %new
full:
  ret ptr null
}
define internal void @fp.release(ptr %mark) #0 {
entry:
  %now = load ptr, ptr @__fp_stack_pointer, align 8
  %a = ptrtoint ptr %mark to i64
  %b = ptrtoint ptr %now to i64
  %up = sub i64 %a, %b
  %bad = icmp ugt i64 %up, 1048576
  br i1 %bad, label %trap, label %give
give:
  store ptr %mark, ptr @__fp_stack_pointer, align 8
  ret void
trap:
  call void @llvm.ubsantrap(i8 3)
  unreachable
}
