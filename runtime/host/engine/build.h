/* SPDX-License-Identifier: Apache-2.0
 *
 * From a plan to stages: made beside the running graph, so that a plan that fails changes nothing.
 */
#ifndef FASTPAAS_HOST_ENGINE_BUILD_H
#define FASTPAAS_HOST_ENGINE_BUILD_H

#include "engine/engine.h"
#include "engine/wiring.h"

struct fp_build {
	struct fp_engine *engine;
	const struct fp_plan *plan;
	unsigned stages;
	struct fp_stage **stage;       /* of plan->node[n] on worker w: stage[n * FP_WORKERS_MAX + w], NULL if none */
	bool *is_new;		       /* the same */
	struct fp_share **share;       /* of plan->tenant[t] on worker w: share[t * FP_WORKERS_MAX + w] */
	bool *share_is_new;	       /* the same */
	unsigned old_shares;
	struct fp_share **old_share;   /* all that were there before */
	struct fp_wiring wiring[FP_WORKERS_MAX];
};

/* On -1 fp_build_abandon() is due. */
int fp_build_create(struct fp_build *build, struct fp_engine *engine, const struct fp_plan *plan, struct fp_error *error);

/* Frees what was made for a plan that will not be in force. */
void fp_build_abandon(struct fp_build *build);

/* Says of each of the engine's stages whether it is in the new graph, by `kept`. */
void fp_build_mark_kept(struct fp_build *build);

/* Once all workers have adopted their wiring: frees what the old plan had and the new one has not. */
void fp_build_finish(struct fp_build *build);

/* Frees all stages and shares of an engine whose workers have ended. */
void fp_build_free_all(struct fp_engine *engine);

#endif
