; Bounds go with pointers that are passed and returned, also through pointers to functions.
@table = internal global [8 x i8] zeroinitializer, align 1
define internal ptr @skip(ptr %p, i64 %n) {
entry:
  %q = getelementptr i8, ptr %p, i64 %n
  ret ptr %q
}
define internal i8 @use(ptr %f) {
entry:
  %direct = call ptr @skip(ptr @table, i64 3)
  %a = load i8, ptr %direct, align 1
  %indirect = call ptr %f(ptr %direct, i64 4)
  %b = load i8, ptr %indirect, align 1
  %ignored = call ptr %f(ptr null, i64 5)
  ret i8 %b
}
