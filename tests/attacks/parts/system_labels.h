/* SPDX-License-Identifier: Apache-2.0
 *
 * Names bound to symbols an author has no business with, in what passes for a system header.
 */
#pragma GCC system_header

#include <stdint.h>

#ifdef STACK_POINTER
extern _Thread_local void *stack_pointer __asm__("__fp_stack_pointer");
#endif
#ifdef STACK_POINTER_PLAIN
extern void *stack_pointer __asm__("__fp_stack_pointer");
#endif
#ifdef ARENA
extern char arena[] __asm__("__fp_arena");
#endif
#ifdef MEMCPY
void *host_copy(void *to, const void *from, uint64_t len) __asm__("fp_memcpy");
#endif
#ifdef LIBC
int run_command(const char *command) __asm__("system");
#endif
#ifdef INTRINSIC
void *frame(int level) __asm__("llvm.returnaddress");
#endif
#ifdef STACK_RESTORE
void restore(void *place) __asm__("llvm.stackrestore.p0");
#endif
#ifdef DISPATCH
void mine(void *target, struct fp_batch *batch) __asm__("fp.dispatch.0");
#endif
#ifdef ALLOCATE
void *mine(uint64_t count, uint64_t size, uint64_t mask) __asm__("fp.allocate");
#endif
#ifdef QUOTED
void one(struct fp_batch *batch) __asm__("a\" b\n}\ndefine void @c() { unreachable }; @d = global i8 0");
void two(struct fp_batch *batch) __asm__("\xc3\xa9 ... byval(ptr) %x = call void @llvm.va_start");
int strange __asm__("\\22 = external global i8, comdat");
#endif
#ifdef FINI
int mine(uint64_t *place) __asm__("fini");
#endif
#ifdef INIT
int mine(const void *args, uint64_t left, uint64_t over) __asm__("init");
int mine(const void *args, uint64_t left, uint64_t over)
{
	(void)args;
	fp_count(fp_counter("told"), left ^ over);
	return 0;
}
#endif
#ifdef AES
typedef long long two __attribute__((vector_size(16)));
two encrypt(two a, two b) __asm__("llvm.x86.aesni.aesenc");
#endif
#ifdef SEGMENT
typedef __attribute__((address_space(257))) uint64_t fs_word;
#endif
