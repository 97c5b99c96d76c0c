/* SPDX-License-Identifier: Apache-2.0 */
#include "wiring.h"

#include <string.h>

#include "clock.h"
#include "engine/share.h"

static void clear_shares(struct fp_worker *worker)
{
	for (unsigned i = 0; i < worker->shares; i++) {
		worker->share[i]->stages = worker->share[i]->sources = worker->share[i]->next_source = 0;
		worker->share[i]->pressed = NULL;
		worker->share[i]->reserve = 0;
	}
}

static void add_stage(const struct fp_wired *wired)
{
	struct fp_stage *stage = wired->stage;
	struct fp_share *share = stage->share;

	memcpy(stage->gate, wired->gate, sizeof(stage->gate));
	memcpy(stage->from, wired->from, sizeof(stage->from));
	stage->rings = wired->rings;
	stage->path = wired->path;
	stage->steering = wired->steering;
	stage->place = share->stages;
	share->stage[share->stages++] = stage;
	if (stage->kind->is_source || wired->rings)
		share->source[share->sources++] = stage;
	if (wired->rings && stage->port.keeps_buffers)
		share->reserve = share->batch;
}

void fp_wiring_adopt(struct fp_worker *worker, void *more)
{
	const struct fp_wiring *wiring = more;

	clear_shares(worker);
	memcpy(worker->share, wiring->share, sizeof(worker->share));
	worker->shares = wiring->shares;
	worker->next_idle = 0;
	worker->current = NULL;
	clear_shares(worker);
	for (unsigned i = 0; i < wiring->count; i++)
		add_stage(&wiring->wired[i]);
	for (unsigned i = 0; i < worker->shares; i++) {
		if (worker->share[i]->steps == 0) /* it is new: passes wrap, and 0 may be far ahead */
			worker->share[i]->pass = worker->pass;
		fp_share_weigh(worker->share[i], wiring->weight[i]);
		worker->share[i]->closed = true;
		fp_worker_wake(worker->share[i], fp_clock_ticks());
	}
}
