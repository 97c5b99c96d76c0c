/* SPDX-License-Identifier: Apache-2.0
 *
 * The data plane: workers, and the graph they run. The functions here are the control thread's.
 */
#ifndef FASTPAAS_HOST_ENGINE_ENGINE_H
#define FASTPAAS_HOST_ENGINE_ENGINE_H

#include <stdbool.h>

#include "engine/plan.h"
#include "engine/worker.h"

/* What nodes did that are in no graph any more: without it the accounts of the whole would not add up. */
struct fp_gone {
	uint64_t received, sent, too_long;
	uint64_t drop[FP_DROPS];
	uint64_t lost[FP_LOSSES];
};

struct fp_engine {
	struct fp_plan plan; /* the one in force */
	unsigned workers;
	struct fp_worker *worker;
	unsigned stages;
	struct fp_stage **stage; /* of all workers, owned */
	struct fp_gone gone;
	struct fp_paths *paths; /* that flows have taken; NULL with one worker */
	uint64_t started_ns, started_ticks;
	uint64_t balanced_ns; /* when loads were last compared */
};

/* Starts the workers for a plan's cores, without a graph. `warn` is told of a core that cannot be had. */
int fp_engine_start(struct fp_engine *engine, const struct fp_plan *plan, void (*warn)(const char *text),
		    struct fp_error *error);

/* Puts `plan` in force between two batches; stages that are asked for as before stay as they are. Owns `plan` if it returns
 * 0; else what was in force stays so. */
int fp_engine_update(struct fp_engine *engine, struct fp_plan *plan, struct fp_error *error);

/* What is to be done now and then: restarts modules that wait for it, without stopping anyone; moves flow groups from a busy
 * worker to one that is less so. */
void fp_engine_tend(struct fp_engine *engine);

/* Whether every input has ended and nothing waits any more. */
bool fp_engine_is_done(struct fp_engine *engine);

/* Fetches nothing more and lets what is under way through. */
void fp_engine_drain(struct fp_engine *engine);

/* Ends the workers and frees everything; drain before. */
void fp_engine_stop(struct fp_engine *engine);

/* What has happened so far, see report.c. NULL without memory. */
json_t *fp_engine_report(struct fp_engine *engine);

#endif
