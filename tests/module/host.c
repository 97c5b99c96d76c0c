/* SPDX-License-Identifier: Apache-2.0
 *
 * The host as the module C library sees it, for tests: a log that can be read back, a clock that can be
 * set, a heap between unmapped pages, an abort that ends the process with a status of its own, and
 * handlers that count what the undefined-behaviour sanitizer finds.
 */
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#include <fastpaas/nf.h>

/* Not from unistd.h: only these two come from the C library of the process. */
long write(int fd, const void *bytes, size_t len);
_Noreturn void _exit(int status);

#define ABORT_STATUS 77
#define HEAP_MOST (256u << 20)

char test_log[1 << 16];
size_t test_log_used;
uint64_t test_now;
size_t test_heap_bytes = 16 << 20;
unsigned test_undefined; /* times undefined behaviour was met */
const char *test_undefined_kind;

static char *reserved;

void fp_log(int level, const char *text, size_t len)
{
	if (test_log_used + len + 3 > sizeof(test_log))
		return;
	test_log[test_log_used++] = (char)('0' + level);
	test_log[test_log_used++] = ' ';
	for (size_t i = 0; i < len; i++)
		test_log[test_log_used++] = text[i];
	test_log[test_log_used++] = '\n';
}

int fp_counter(const char *name)
{
	(void)name;
	return 0;
}

void fp_count(int id, uint64_t n)
{
	(void)id;
	(void)n;
}

uint64_t fp_now(void)
{
	return test_now;
}

/* 64 KiB-aligned, with at least as much unmapped on both sides. */
void *fp_heap_start(void)
{
	uintptr_t start;

	if (!reserved)
		reserved = mmap(NULL, HEAP_MOST, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	start = ((uintptr_t)reserved + 2 * FP_GUARD_ZONE) & -(uintptr_t)FP_GUARD_ZONE;
	mprotect((void *)start, test_heap_bytes, PROT_READ | PROT_WRITE);
	return (void *)start;
}

size_t fp_heap_size(void)
{
	return test_heap_bytes;
}

void test_close(void)
{
	if (reserved)
		munmap(reserved, HEAP_MOST);
	reserved = NULL;
}

_Noreturn void __fp_abort(void)
{
	write(2, test_log, test_log_used);
	_exit(ABORT_STATUS);
}

#define COUNT(kind)                                                                                                    \
	void __ubsan_handle_##kind##_minimal(void);                                                                    \
	void __ubsan_handle_##kind##_minimal(void)                                                                     \
	{                                                                                                              \
		test_undefined++;                                                                                      \
		test_undefined_kind = #kind;                                                                           \
	}
COUNT(type_mismatch)
COUNT(alignment_assumption)
COUNT(add_overflow)
COUNT(sub_overflow)
COUNT(mul_overflow)
COUNT(negate_overflow)
COUNT(divrem_overflow)
COUNT(shift_out_of_bounds)
COUNT(out_of_bounds)
COUNT(local_out_of_bounds)
COUNT(builtin_unreachable)
COUNT(missing_return)
COUNT(vla_bound_not_positive)
COUNT(float_cast_overflow)
COUNT(load_invalid_value)
COUNT(invalid_builtin)
COUNT(nonnull_arg)
COUNT(nonnull_return)
COUNT(pointer_overflow)
