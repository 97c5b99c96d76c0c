; all: load, read of 8 at %p+0: guarded, first_access_to_root, guard 0
; all: store, write of 8 at %p+0: covered, served_by_guard, guard 0
; all: atomicrmw, update of 8 at %p+0: covered, served_by_guard, guard 0
; all: atomicrmw, update of 8 at %p+0: covered, served_by_guard, guard 0
; all: cmpxchg, update of 8 at %p+0: covered, served_by_guard, guard 0
; all: guard 0 of %p: access

define internal i64 @all(ptr %fp.raw0, i64 %v) #0 {
entry:
  %fp.image = and i64 ptrtoint (ptr @__ehdr_start to i64), 4294967295
  %fp.negated = sub i64 %fp.image, ptrtoint (ptr @__ehdr_start to i64)
  %p = freeze ptr %fp.raw0
  %fp.g0.address = ptrtoint ptr %p to i64
  %fp.g0.distance = add i64 %fp.g0.address, %fp.negated
  %fp.g0.outside = icmp ugt i64 %fp.g0.distance, 2147483647
  br i1 %fp.g0.outside, label %fp.g0.trap, label %fp.g0.passed, !prof !0
fp.g0.passed:
  %a = load atomic i64 , ptr %p seq_cst , align 8
  store atomic i64 %a , ptr %p release , align 8
  %b = atomicrmw volatile xchg ptr %p , i64 %v acq_rel , align 8
  %c = atomicrmw fadd ptr %p , double 1.000000e+00 monotonic , align 8
  %pair = cmpxchg weak ptr %p , i64 %a , i64 %b syncscope ( "singlethread" ) acq_rel monotonic , align 8
  fence syncscope ( "singlethread" ) seq_cst
  fence acquire
  %d = extractvalue { i64 , i1 } %pair , 0
  ret i64 %d
fp.g0.trap:
  call void asm sideeffect "ud1q ${1:c}($0), $0", "r,i"(i64 %fp.g0.address, i32 0)
  unreachable
}
