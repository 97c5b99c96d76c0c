; Each call no module may make, with its place.
declare void @exit(i32)
declare double @fp_now()
declare i64 @llvm.read_register.i64(metadata)
declare double @llvm.pow.f64(double, double)
declare ptr @llvm.frameaddress.p0(i32)
declare void @llvm.memcpy.element.unordered.atomic.p0.p0.i64(ptr, ptr, i64, i32)

define void @f(ptr %p) !dbg !5 {
entry:
  call void @exit(i32 1), !dbg !6
  call void asm sideeffect "syscall", "~{memory}"(), !dbg !7
  %now = call double @fp_now(), !dbg !6
  %r = call i64 @llvm.read_register.i64(metadata !8), !dbg !7
  %x = call double @llvm.pow.f64(double 1.0, double 2.0), !dbg !6
  %frame = call ptr @llvm.frameaddress.p0(i32 0), !dbg !6
  call void @llvm.memcpy.element.unordered.atomic.p0.p0.i64(ptr align 4 %p, ptr align 4 %p, i64 8, i32 4), !dbg !7
  ret void
}

define void @g(ptr %p) {
entry:
  musttail call void @h(ptr %p)
  ret void
}

define void @h(ptr %p) {
entry:
  call void @by_value(ptr byval(i64) %p)
  call void @exit(i32 2) [ "kcfi"(i32 1) ]
  ret void
}

define void @by_value(ptr byval(i64) %p) {
entry:
  ret void
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, isOptimized: true, emissionKind: LineTablesOnly)
!1 = !DIFile(filename: "nf.c", directory: ".")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DISubroutineType(types: !4)
!4 = !{}
!5 = distinct !DISubprogram(name: "f", scope: !1, file: !1, line: 3, type: !3, unit: !0, spFlags: DISPFlagDefinition)
!6 = !DILocation(line: 4, column: 2, scope: !5)
!7 = !DILocation(line: 5, column: 3, scope: !5)
!8 = !{!"rsp"}
