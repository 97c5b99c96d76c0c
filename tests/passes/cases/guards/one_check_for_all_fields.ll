; One guard serves every field of a record: only the root is checked, the offsets lie within the zone.
%record = type { i32, i16, [4 x i8], i64 }

define i64 @sum(ptr %r) {
entry:
  %a = load i32, ptr %r, align 8
  %b.at = getelementptr inbounds %record, ptr %r, i64 0, i32 1
  %b = load i16, ptr %b.at, align 4
  %c.at = getelementptr inbounds %record, ptr %r, i64 0, i32 2, i64 3
  %c = load i8, ptr %c.at, align 1
  %d.at = getelementptr inbounds %record, ptr %r, i64 0, i32 3
  %d = load i64, ptr %d.at, align 8
  store i64 %d, ptr %r, align 8
  ret i64 %d
}
