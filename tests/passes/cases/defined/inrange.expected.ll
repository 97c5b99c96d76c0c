; entry_of: load, read of 8 at @vtable+8 in image and heap: free, stays_in_object

@vtable = internal constant [4 x ptr] zeroinitializer, align 8
define internal ptr @entry_of() #0 {
entry:
  %p = load ptr , ptr getelementptr ( [ 4 x ptr ] , ptr @vtable , i64 0 , i64 1 ) , align 8
  ret ptr %p
}
