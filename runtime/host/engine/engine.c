/* SPDX-License-Identifier: Apache-2.0 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "engine/arrange.h"
#include "engine/build.h"
#include "engine/tend.h"
#include "engine/toeplitz.h"
#include "engine/watches.h"

#define CALIBRATION_NS 20000000
#define LONG_STEP_US 100
#define SLICE_US 5

/* How fast the time stamp counter is. */
static uint64_t measure_ticks_per_us(void)
{
	uint64_t start = fp_clock_ns(), ticks = fp_clock_ticks();

	while (fp_clock_ns() - start < CALIBRATION_NS)
		;
	ticks = fp_clock_ticks() - ticks;
	return ticks / (CALIBRATION_NS / 1000);
}

/* Of who steers flows to several workers. */
static int make_paths(struct fp_paths **paths, unsigned workers, struct fp_error *error)
{
	*paths = workers > 1 ? calloc(1, sizeof(**paths)) : NULL;
	return workers > 1 && !*paths ? fp_fail(error, "no memory for the paths of flows") : 0;
}

static void describe_worker(struct fp_worker *worker, const struct fp_plan *plan, unsigned index,
			    uint64_t ticks_per_us)
{
	worker->index = index;
	worker->cpu = plan->cpu[index];
	worker->batch = plan->batch;
	worker->delay_ticks = ticks_per_us * plan->delay_us;
	worker->ticks_per_ns = (double)ticks_per_us / 1000;
	worker->long_ticks = ticks_per_us * LONG_STEP_US;
	worker->slice_ticks = ticks_per_us * SLICE_US;
}

int fp_engine_start(struct fp_engine *engine, const struct fp_plan *plan, void (*warn)(const char *text),
		    struct fp_error *error)
{
	uint64_t ticks_per_us = measure_ticks_per_us();
	struct fp_error unpinned;
	size_t size = sizeof(struct fp_worker) * plan->workers;

	*engine = (struct fp_engine){.started_ns = fp_clock_ns(), .started_ticks = fp_clock_ticks()};
	engine->worker = aligned_alloc(64, (size + 63) / 64 * 64);
	if (!engine->worker)
		return fp_fail(error, "no memory for %u workers", plan->workers);
	memset(engine->worker, 0, size);
	engine->watches = fp_watches_create(error);
	if (!engine->watches)
		return -1;
	fp_toeplitz_prepare();
	if (make_paths(&engine->paths, plan->workers, error) < 0)
		return -1;
	for (; engine->workers < plan->workers; engine->workers++) {
		describe_worker(&engine->worker[engine->workers], plan, engine->workers, ticks_per_us);
		if (make_paths(&engine->worker[engine->workers].paths, plan->workers, error) < 0 ||
		    fp_worker_start(&engine->worker[engine->workers], &unpinned, error) < 0)
			return -1;
		if (unpinned.text[0])
			warn(unpinned.text);
	}
	return 0;
}

void fp_engine_tend(struct fp_engine *engine)
{
	for (unsigned i = 0; i < engine->workers; i++)
		fp_tend_restarts(&engine->worker[i]);
	fp_tend_balance(engine);
	fp_watches_tend(engine);
}

struct census {
	bool busy;
	bool drained; /* only what is under way counts, not what inputs may still give */
};

static bool stage_is_busy(const struct fp_stage *stage, bool drained)
{
	bool is_open = stage->kind->is_source && stage->port.type && !stage->ended && !drained;

	return is_open || stage->queue.packets || (stage->ring && fp_ring_waiting(stage->ring));
}

static void take_census(struct fp_worker *worker, void *more)
{
	struct census *census = more;

	for (unsigned i = 0; i < worker->shares; i++)
		for (unsigned j = 0; j < worker->share[i]->stages; j++)
			census->busy |= stage_is_busy(worker->share[i]->stage[j], census->drained);
}

static bool is_busy(struct fp_engine *engine, bool drained)
{
	struct census census = {.drained = drained};

	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], take_census, &census);
	return census.busy;
}

bool fp_engine_is_done(struct fp_engine *engine)
{
	/* Twice: between two workers' answers a frame may have gone from the second to the first. */
	return !is_busy(engine, false) && !is_busy(engine, false);
}

static void close_inputs(struct fp_worker *worker, void *more)
{
	(void)more;
	for (unsigned i = 0; i < worker->shares; i++)
		worker->share[i]->closed = true;
}

static void open_inputs(struct fp_worker *worker, void *more)
{
	(void)more;
	for (unsigned i = 0; i < worker->shares; i++)
		worker->share[i]->closed = false;
}

void fp_engine_drain(struct fp_engine *engine)
{
	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], close_inputs, NULL);
	while (is_busy(engine, true) || is_busy(engine, true))
		;
}

static void let_inputs_fetch(struct fp_engine *engine)
{
	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], open_inputs, NULL);
}

int fp_engine_update(struct fp_engine *engine, struct fp_plan *plan, struct fp_error *error)
{
	struct fp_build build;

	if (fp_build_create(&build, engine, plan, error) < 0) {
		fp_build_abandon(&build);
		return -1;
	}
	fp_engine_drain(engine);
	if (fp_arrange_ports(&build, error) < 0) {
		let_inputs_fetch(engine);
		fp_build_abandon(&build);
		return -1;
	}
	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], fp_wiring_adopt, &build.wiring[i]);
	fp_watches_follow(engine, plan);
	/* Not before: frames for a worker that is still wired as before would be lost in what it lets go of. */
	let_inputs_fetch(engine);
	fp_build_finish(&build);
	fp_plan_free(&engine->plan);
	engine->plan = *plan;
	return 0;
}

void fp_engine_stop(struct fp_engine *engine)
{
	for (unsigned i = 0; i < engine->workers; i++) {
		fp_worker_stop(&engine->worker[i]);
		free(engine->worker[i].paths);
	}
	free(engine->paths);
	fp_watches_free(engine->watches);
	fp_build_free_all(engine);
	fp_plan_free(&engine->plan);
	free(engine->worker);
	*engine = (struct fp_engine){0};
}
