; The host's functions are declared once, with the types the module calls them by.
declare i64 @fp_now()
declare i32 @fp_counter(ptr)
declare void @fp_count(i32, i64)
declare void @never_called()

define void @count(ptr %name) {
entry:
  %id = call i32 @fp_counter(ptr nonnull %name)
  %now = tail call i64 @fp_now()
  call void @fp_count(i32 noundef signext %id, i64 %now)
  ret void
}
