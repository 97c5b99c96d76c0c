/* SPDX-License-Identifier: Apache-2.0 */
#include "call.h"

#include <stdatomic.h>
#include <stdlib.h>

#include <fastpaas/abi.h>

#include "context.h"
#include "pool.h"
#include "segment.h"
#include "tls.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>

/* The frames a fault abandons leave their red zones behind. */
static void forget_frames(struct fp_context *context)
{
	__asan_unpoison_memory_region(context->native_low, FP_NATIVE_STACK);
}
#else
static void forget_frames(struct fp_context *context)
{
	(void)context;
}
#endif

/* A module built for AVX may have been stopped with the upper halves in use, which slows down all
 * later SSE code of the host. */
static void clean_up(struct fp_context *context)
{
	if (__builtin_cpu_supports("avx"))
		__asm__ volatile("vzeroupper");
	forget_frames(context);
}

/* The host itself does not use gs: it stays as it is until another arena's module needs it. */
static inline void use_segment(struct fp_context *context)
{
	if (context->segment_base == context->arena)
		return;
	fp_segment_write(context->arena, context->fast_segment);
	context->segment_base = context->arena;
}

/* The instance was made on a thread that can; a thread that cannot must not run its module. */
static void use_bounds(const struct fp_instance *instance)
{
	struct fp_error error;

	if (fp_mpx_prepare(&error) < 0)
		abort();
	fp_mpx_load(&instance->bounds);
}

/* The packet buffers a call may use, from FP_PACKETS_OFFSET on. `reach` is their size: pointers may be one past the
 * end of what they point into. */
struct window {
	size_t first;
	size_t reach;
};

/* A byte that is never mapped: init() and fini() have no packets. */
static const struct window no_window = {.first = FP_PACKETS_LIMIT - FP_PACKETS_OFFSET};

/* What guards of packets let pass. */
static inline void set_window(struct fp_instance *instance, struct window window)
{
	uint64_t first = (uint64_t)instance->arena.base + FP_PACKETS_OFFSET + window.first;

	__fp_window = -first;
	__fp_window_reach = window.reach;
	if (instance->module.uses_bounds)
		fp_mpx_set(&instance->bounds, FP_BOUNDS_PACKETS, first, first + window.reach);
}

/* Only this thread writes it: no need of an atomic addition. */
static inline void count_call(struct fp_context *context)
{
	uint64_t sequence = atomic_load_explicit(&context->sequence, memory_order_relaxed);

	atomic_store_explicit(&context->sequence, sequence + 1, memory_order_release);
	atomic_signal_fence(memory_order_seq_cst);
}

static inline int enter(struct fp_instance *instance, uint64_t budget_ns, struct window window, void *function,
			void *argument)
{
	struct fp_context *context = &fp_context;
	int status;

	set_window(instance, window);
	if (instance->module.uses_bounds)
		use_bounds(instance); /* first: to try them takes the context */
	context->instance = instance;
	context->arena = (uint64_t)instance->arena.base;
	context->text_start = (uint64_t)instance->module.base + instance->module.text_start;
	context->text_end = (uint64_t)instance->module.base + instance->module.text_end;
	atomic_store_explicit(&context->budget_ns, budget_ns, memory_order_relaxed);
	context->now = 0;
	__fp_stack_pointer = instance->stack_top;
	__fp_stack_limit = instance->stack_low;
	if (instance->module.uses_segment)
		use_segment(context);
	context->preempt = false;
	count_call(context);
	context->place = FP_IN_MODULE;
	status = fp_enter(context, function, argument);
	context->place = FP_IN_HOST;
	count_call(context);
	if (__builtin_expect(status, 0))
		clean_up(context);
	return status;
}

int fp_call_init(struct fp_instance *instance, int *value)
{
	*value = 0;
	if (!instance->module.init)
		return 0;
	if (enter(instance, instance->plan->init_budget_ns, no_window, (void *)instance->module.init, instance->args) < 0)
		return -1;
	*value = (int)fp_context.returned;
	return 0;
}

int fp_call_fini(struct fp_instance *instance)
{
	if (!instance->module.fini)
		return 0;
	return enter(instance, instance->plan->init_budget_ns, no_window, (void *)instance->module.fini, NULL);
}

int fp_call_process(struct fp_instance *instance, struct fp_burst *burst, unsigned *bad)
{
	size_t first = fp_pool_offset(burst->lowest);
	struct window window = {first, fp_pool_offset(burst->highest) + FP_PACKET_BUFFER - first};

	*bad = 0;
	fp_burst_fill(burst, instance->batch, instance->packets);
	if (enter(instance, instance->plan->budget_ns, window, (void *)instance->module.process, instance->batch) < 0)
		return -1;
	*bad = fp_burst_collect(burst, instance->batch, instance->packets);
	return 0;
}
