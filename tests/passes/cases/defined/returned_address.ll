; A constant address is returned so that callers do not know which.
@variable = internal global i64 0

define internal ptr @address() {
  ret ptr @variable
}

define internal void @write() {
  %same = call ptr @address()
  store i64 1, ptr @variable
  ret void
}
