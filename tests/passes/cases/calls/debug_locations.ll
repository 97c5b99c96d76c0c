; Guards, touches and traps keep the source place of the access they serve.
define void @zero(ptr %p, i64 %n) !dbg !5 {
entry:
  br label %loop, !dbg !6

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ], !dbg !6
  %at = getelementptr i32, ptr %p, i64 %i, !dbg !7
  store i32 0, ptr %at, align 4, !dbg !7
  %next = add i64 %i, 1, !dbg !6
  %more = icmp ult i64 %next, %n, !dbg !6
  br i1 %more, label %loop, label %done, !dbg !6, !prof !8, !llvm.loop !9

done:
  unreachable, !dbg !10
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, isOptimized: true, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "nf.c", directory: ".")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DISubroutineType(types: !4)
!4 = !{}
!5 = distinct !DISubprogram(name: "zero", scope: !1, file: !1, line: 3, type: !3, unit: !0, spFlags: DISPFlagDefinition)
!6 = !DILocation(line: 4, column: 2, scope: !5)
!7 = !DILocation(line: 5, column: 8, scope: !5)
!8 = !{!"branch_weights", i32 99, i32 1}
!9 = distinct !{!9, !11}
!10 = !DILocation(line: 6, column: 2, scope: !5)
!11 = !{!"llvm.loop.mustprogress"}
