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
	struct fp_instance instance[2];
	struct fp_pool pool;
	struct fp_burst burst;
};

static void do_nothing(struct fp_batch *batch)
{
	__asm__ volatile("" ::"r"(batch) : "memory");
}

static int make_instance(struct crossing *crossing, struct fp_instance *instance, struct fp_error *error)
{
	uint64_t at = FP_BATCH_OFFSET + FP_GUARD_ZONE + 64 - offsetof(struct fp_batch, packet);

	if (fp_arena_create(&instance->arena, 4096, error) < 0 ||
	    fp_arena_map(&instance->arena, at, sizeof(struct fp_batch), PROT_READ | PROT_WRITE, -1, 0, error) < 0)
		return -1;
	instance->plan = &crossing->plan;
	instance->batch = (struct fp_batch *)(instance->arena.base + at);
	instance->packets = (intptr_t)instance->arena.base + FP_PACKETS_OFFSET - (intptr_t)crossing->pool.base;
	instance->module.process = do_nothing;
	return 0;
}

static int set_up(struct crossing *crossing, uint32_t batch, struct fp_error *error)
{
	struct fp_source source = {.pool = &crossing->pool, .max = batch};
	uint8_t frame[64] = {0};

	crossing->plan.budget_ns = 1000000000;
	if (fp_pool_create(&crossing->pool, FP_BATCH_MAX, error) < 0)
		return -1;
	for (int i = 0; i < 2; i++)
		if (make_instance(crossing, &crossing->instance[i], error) < 0)
			return -1;
	while (crossing->burst.count < batch)
		fp_port_add(&source, &crossing->burst, frame, sizeof(frame), 0);
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Nanoseconds of a call: all of one instance, or turn by turn of two that need gs to be theirs. */
static double measure_calls(struct crossing *crossing, bool switching)
{
	uint64_t start = fp_clock_processor_ns();
	unsigned bad;

	for (int i = 0; i < 2; i++)
		crossing->instance[i].module.uses_segment = switching;
	for (int i = 0; i < CALLS; i++)
		fp_call_process(&crossing->instance[switching & i & 1], &crossing->burst, &bad);
	return (double)(fp_clock_processor_ns() - start) / CALLS;
}

static struct fp_crossing_time measure(struct crossing *crossing)
{
	double plain[ROUNDS], switching[ROUNDS];

	for (int round = 0; round < ROUNDS; round++) {
		plain[round] = measure_calls(crossing, false);
		switching[round] = measure_calls(crossing, true);
	}
	qsort(plain, ROUNDS, sizeof(plain[0]), compare);
	qsort(switching, ROUNDS, sizeof(switching[0]), compare);
	return (struct fp_crossing_time){
		.median = plain[ROUNDS / 2], .best = plain[0], .switching = switching[ROUNDS / 2]};
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
	for (int i = 0; i < 2; i++)
		if (crossing->instance[i].arena.base)
			fp_arena_destroy(&crossing->instance[i].arena);
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
	fp_event_emit(json_pack("{s:s, s:i, s:f, s:f, s:f}", "event", "crossing", "batch", 32, "ns", time.median, "best_ns",
				time.best, "switching_ns", time.switching));
	fp_context_destroy();
	return FP_STATUS_DONE;
}

const struct fp_command fp_command_bench_crossing = {
	.name = "bench-crossing",
	.usage = "          what one call into a module costs",
	.run = run,
};
