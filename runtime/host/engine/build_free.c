/* SPDX-License-Identifier: Apache-2.0
 *
 * What is let go of when one graph takes the place of another.
 */
#include <stdlib.h>

#include "build.h"

static void free_tables(struct fp_build *build)
{
	for (unsigned i = 0; i < FP_WORKERS_MAX; i++)
		free(build->wiring[i].wired);
	free(build->stage);
	free(build->is_new);
	free(build->share);
	free(build->share_is_new);
	free(build->old_share);
}

void fp_build_abandon(struct fp_build *build)
{
	for (size_t i = 0; build->is_new && i < (size_t)build->plan->nodes * FP_WORKERS_MAX; i++)
		if (build->is_new[i] && build->stage[i])
			fp_stage_free(build->stage[i]);
	for (size_t i = 0; build->share_is_new && i < (size_t)build->plan->tenants * FP_WORKERS_MAX; i++)
		if (build->share_is_new[i] && build->share[i])
			fp_share_destroy(build->share[i]);
	free_tables(build);
}

static bool is_kept(const struct fp_build *build, const struct fp_share *share)
{
	const struct fp_wiring *wiring = &build->wiring[share->worker->index];

	for (unsigned i = 0; i < wiring->shares; i++)
		if (wiring->share[i] == share)
			return true;
	return false;
}

static void note_gone(struct fp_gone *gone, const struct fp_stage *stage)
{
	gone->received += stage->source.received;
	gone->sent += stage->sent;
	gone->too_long += stage->source.too_long;
	for (int i = 0; i < FP_DROPS; i++)
		gone->drop[i] += stage->node.drop[i];
	for (int i = 0; i < FP_LOSSES; i++)
		gone->lost[i] += stage->port.lost[i];
}

/* Old stages that are in no wiring, and the tenants' shares that are in none. */
static void free_old(struct fp_build *build)
{
	struct fp_engine *engine = build->engine;

	for (unsigned i = 0; i < engine->stages; i++) {
		if (engine->stage[i]->kept)
			continue;
		note_gone(&engine->gone, engine->stage[i]);
		fp_stage_free(engine->stage[i]);
	}
	for (unsigned i = 0; i < build->old_shares; i++)
		if (!is_kept(build, build->old_share[i]))
			fp_share_destroy(build->old_share[i]);
}

void fp_build_mark_kept(struct fp_build *build)
{
	struct fp_engine *engine = build->engine;
	size_t slots = (size_t)build->plan->nodes * FP_WORKERS_MAX;

	for (unsigned i = 0; i < engine->stages; i++)
		engine->stage[i]->kept = false;
	for (size_t i = 0; i < slots; i++)
		if (build->stage[i])
			build->stage[i]->kept = true;
}

void fp_build_finish(struct fp_build *build)
{
	struct fp_engine *engine = build->engine;
	size_t slots = (size_t)build->plan->nodes * FP_WORKERS_MAX;
	unsigned count = 0;

	fp_build_mark_kept(build);
	free_old(build);
	free(engine->stage);
	engine->stage = build->stage;
	for (size_t i = 0; i < slots; i++)
		if (build->stage[i])
			engine->stage[count++] = build->stage[i];
	engine->stages = count;
	build->stage = NULL;
	free_tables(build);
}

void fp_build_free_all(struct fp_engine *engine)
{
	for (unsigned i = 0; i < engine->stages; i++)
		fp_stage_free(engine->stage[i]);
	free(engine->stage);
	for (unsigned i = 0; i < engine->workers; i++)
		for (unsigned j = 0; j < engine->worker[i].shares; j++)
			fp_share_destroy(engine->worker[i].share[j]);
}
