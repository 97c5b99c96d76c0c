/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_crossing.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

#include "call.h"
#include "clock.h"
#include "command.h"
#include "context.h"
#include "event.h"
#include "port.h"

#define ROUNDS 21
#define CALLS 100000

/* The instance has all of a real one but the module's image. */
struct crossing {
	struct fp_instance_plan plan;
	struct fp_instance instance;
	struct fp_pool pool;
	struct fp_burst burst;
};

static void do_nothing(struct fp_batch *batch)
{
	__asm__ volatile("" ::"r"(batch) : "memory");
}

static int set_up(struct crossing *crossing, uint32_t batch, struct fp_error *error)
{
	struct fp_instance *instance = &crossing->instance;
	struct fp_source source = {.pool = &crossing->pool, .max = batch};
	uint64_t at = FP_BATCH_OFFSET + FP_GUARD_ZONE + 64 - offsetof(struct fp_batch, packet);
	uint8_t frame[64] = {0};

	crossing->plan.budget_ns = 1000000000;
	if (fp_pool_create(&crossing->pool, FP_BATCH_MAX, error) < 0)
		return -1;
	if (fp_arena_create(&instance->arena, 4096, error) < 0 ||
	    fp_arena_map(&instance->arena, at, sizeof(struct fp_batch), PROT_READ | PROT_WRITE, -1, 0, error) < 0)
		return -1;
	instance->plan = &crossing->plan;
	instance->batch = (struct fp_batch *)(instance->arena.base + at);
	instance->packets = (intptr_t)instance->arena.base + FP_PACKETS_OFFSET - (intptr_t)crossing->pool.base;
	instance->module.process = do_nothing;
	while (crossing->burst.count < batch)
		fp_port_add(&source, &crossing->burst, frame, sizeof(frame), 0);
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static struct fp_crossing_time measure(struct crossing *crossing)
{
	double ns[ROUNDS];
	unsigned bad;

	for (int round = 0; round < ROUNDS; round++) {
		uint64_t start = fp_clock_processor_ns();

		for (int i = 0; i < CALLS; i++)
			fp_call_process(&crossing->instance, &crossing->burst, &bad);
		ns[round] = (double)(fp_clock_processor_ns() - start) / CALLS;
	}
	qsort(ns, ROUNDS, sizeof(ns[0]), compare);
	return (struct fp_crossing_time){.median = ns[ROUNDS / 2], .best = ns[0]};
}

int fp_bench_crossing(uint32_t batch, struct fp_crossing_time *time, struct fp_error *error)
{
	struct crossing *crossing = aligned_alloc(64, (sizeof(*crossing) + 63) / 64 * 64);
	int status;

	if (!crossing)
		return fp_fail(error, "no memory");
	*crossing = (struct crossing){.pool = {.fd = -1}};
	status = set_up(crossing, batch, error);
	if (status == 0)
		*time = measure(crossing);
	if (crossing->instance.arena.base)
		fp_arena_destroy(&crossing->instance.arena);
	if (crossing->pool.free)
		fp_pool_destroy(&crossing->pool);
	free(crossing);
	return status;
}

static int run(const char *argument)
{
	struct fp_error error;
	struct fp_crossing_time time;

	if (argument)
		return fp_command_usage_error("bench-crossing: takes no argument");
	if (fp_command_prepare() < 0)
		return FP_STATUS_FAILED;
	if (fp_bench_crossing(32, &time, &error) < 0) {
		fp_event_error(error.text);
		return FP_STATUS_FAILED;
	}
	fp_event_emit(json_pack("{s:s, s:i, s:f, s:f}", "event", "crossing", "batch", 32, "ns", time.median, "best_ns",
				time.best));
	fp_context_destroy();
	return FP_STATUS_DONE;
}

const struct fp_command fp_command_bench_crossing = {
	.name = "bench-crossing",
	.usage = "          what one call into a module costs",
	.run = run,
};
