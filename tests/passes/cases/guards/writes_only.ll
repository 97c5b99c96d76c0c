; mode: wonly
; Reads are left alone; a read needs no guard and gives none.
define i32 @copy(ptr %to, ptr %from) {
entry:
  %value = load i32, ptr %from, align 4
  store i32 %value, ptr %to, align 4
  %seen = atomicrmw add ptr %from, i32 1 monotonic, align 4
  ret i32 %seen
}
