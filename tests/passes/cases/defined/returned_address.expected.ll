; write: store, write of 8 at @variable+0 in image and heap: free, stays_in_object

@variable = internal global i64 0, align 8
define internal ptr @address() #0 {
bb:
  %fp.returned1 = freeze ptr @variable
  ret ptr %fp.returned1
}
define internal void @write() #0 {
bb:
  %same = call ptr @address()
  store i64 1 , ptr @variable , align 8
  ret void
}
