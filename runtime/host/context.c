/* SPDX-License-Identifier: Apache-2.0 */
#include "context.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

#include "enter.h"
#include "segment.h"

/* The handler runs host code that may have been compiled with a sanitizer; be generous. */
#define SIGNAL_STACK 0x20000

_Static_assert(offsetof(struct fp_context, host_stack) == FP_CONTEXT_HOST_STACK, "enter.S");
_Static_assert(offsetof(struct fp_context, module_stack) == FP_CONTEXT_MODULE_STACK, "enter.S");
_Static_assert(offsetof(struct fp_context, returned) == FP_CONTEXT_RETURNED, "enter.S");
_Static_assert(offsetof(struct fp_context, mxcsr) == FP_CONTEXT_MXCSR, "enter.S");
_Static_assert(offsetof(struct fp_context, x87_control) == FP_CONTEXT_X87, "enter.S");

_Thread_local struct fp_context fp_context;
static _Thread_local void *signal_stack;

/* Maps `bytes` between two guard zones and returns them, or NULL with errno set. */
static uint8_t *map_guarded(size_t bytes)
{
	uint8_t *low = mmap(NULL, bytes + 2 * FP_NATIVE_GUARD, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			    -1, 0);

	if (low == MAP_FAILED)
		return NULL;
	if (mprotect(low + FP_NATIVE_GUARD, bytes, PROT_READ | PROT_WRITE) < 0) {
		munmap(low, bytes + 2 * FP_NATIVE_GUARD);
		return NULL;
	}
	return low + FP_NATIVE_GUARD;
}

static void unmap_guarded(uint8_t *memory, size_t bytes)
{
	if (memory)
		munmap(memory - FP_NATIVE_GUARD, bytes + 2 * FP_NATIVE_GUARD);
}

static int use_signal_stack(void)
{
	stack_t stack = {.ss_sp = signal_stack, .ss_size = SIGNAL_STACK};

	return sigaltstack(&stack, NULL);
}

static void save_float_control(struct fp_context *context)
{
	uint16_t x87;

	__asm__ volatile("stmxcsr %0" : "=m"(context->mxcsr));
	__asm__ volatile("fnstcw %0" : "=m"(x87));
	context->x87_control = x87;
}

int fp_context_create(struct fp_error *error)
{
	struct fp_context *context = &fp_context;

	memset(context, 0, sizeof(*context));
	context->native_low = map_guarded(FP_NATIVE_STACK);
	signal_stack = map_guarded(SIGNAL_STACK);
	if (!context->native_low || !signal_stack || use_signal_stack() < 0) {
		int reason = errno;

		fp_context_destroy();
		return fp_fail(error, "no memory for the stacks of module calls: %s", strerror(reason));
	}
	/* 16-byte aligned before the call, as the ABI asks; the rest of the line stays free. */
	context->module_stack = (uint64_t)context->native_low + FP_NATIVE_STACK - 64;
	save_float_control(context);
	/* New threads inherit gs: what it holds is not known, so the first module that needs it sets it. */
	context->segment_base = UINT64_MAX;
	context->fast_segment = fp_segment_is_fast();
	return 0;
}

void fp_context_destroy(void)
{
	stack_t off = {.ss_flags = SS_DISABLE};

	sigaltstack(&off, NULL);
	unmap_guarded(fp_context.native_low, FP_NATIVE_STACK);
	unmap_guarded(signal_stack, SIGNAL_STACK);
	fp_context.native_low = NULL;
	signal_stack = NULL;
}
