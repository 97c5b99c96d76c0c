; Atomics are guarded like other accesses; a fence touches nothing.
define i64 @all(ptr %p, i64 %v) {
entry:
  %a = load atomic i64, ptr %p seq_cst, align 8
  store atomic i64 %a, ptr %p release, align 8
  %b = atomicrmw volatile xchg ptr %p, i64 %v acq_rel, align 8
  %c = atomicrmw fadd ptr %p, double 1.0 monotonic, align 8
  %pair = cmpxchg weak ptr %p, i64 %a, i64 %b syncscope("singlethread") acq_rel monotonic, align 8
  fence syncscope("singlethread") seq_cst
  fence acquire
  %d = extractvalue { i64, i1 } %pair, 0
  ret i64 %d
}
