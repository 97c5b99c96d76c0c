
declare void @fp_count(i32, i64) #1
declare i32 @fp_counter(ptr) #1
declare i64 @fp_now() #1
define internal void @count(ptr %name) #0 {
entry:
  %id = call i32 @fp_counter(ptr %name)
  %now = call i64 @fp_now()
  call void @fp_count(i32 %id, i64 %now)
  ret void
}
