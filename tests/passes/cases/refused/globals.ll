; Variables and tables no module may have.
@llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @f, ptr null }]
@tls = internal thread_local global i32 0, align 4
@elsewhere = external global i32, align 4
@weak = extern_weak global i32, align 4
@address = internal global ptr @fp_now, align 8
declare i64 @fp_now()

define void @f() {
entry:
  %p = call ptr @llvm.threadlocal.address.p0(ptr @tls)
  store i32 1, ptr @elsewhere, align 4
  store i32 1, ptr @weak, align 4
  ret void
}
declare ptr @llvm.threadlocal.address.p0(ptr)
