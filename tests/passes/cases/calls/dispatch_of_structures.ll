; Types with commas in them; a dispatcher per place, so that a report names the line.
%pair = type { i32, { i8, i64 } }
@taken = internal global ptr @sum, align 8

define internal { i64, i64 } @sum(<4 x i32> %v, [2 x i64] %a, ptr %p) {
entry:
  ret { i64, i64 } zeroinitializer
}

define i64 @both(ptr %f, <4 x i32> %v, [2 x i64] %a, ptr %p) !dbg !5 {
entry:
  %x = call { i64, i64 } %f(<4 x i32> %v, [2 x i64] %a, ptr %p), !dbg !6
  %y = call { i64, i64 } %f(<4 x i32> %v, [2 x i64] %a, ptr %p), !dbg !7
  %first = extractvalue { i64, i64 } %x, 0
  %second = extractvalue { i64, i64 } %y, 1
  %s = add i64 %first, %second
  ret i64 %s
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, isOptimized: true, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "nf.c", directory: ".")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DISubroutineType(types: !4)
!4 = !{}
!5 = distinct !DISubprogram(name: "both", scope: !1, file: !1, line: 3, type: !3, unit: !0, spFlags: DISPFlagDefinition)
!6 = !DILocation(line: 4, column: 7, scope: !5)
!7 = !DILocation(line: 5, column: 7, scope: !5)
