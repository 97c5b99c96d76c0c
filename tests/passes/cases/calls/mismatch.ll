; A direct call of another type than the function's traps, as does a call of a constant address.
@data = internal global i32 0, align 4

define internal i32 @one(i32 %x) {
entry:
  ret i32 %x
}

define i64 @wrong(i32 %x) {
entry:
  %a = call i64 @one(i32 %x)
  %b = call i32 @one(i32 %x, i32 %x)
  %c = call i32 inttoptr (i64 4660 to ptr)(i32 %x)
  %d = call i32 null(i32 %x)
  ret i64 %a
}
