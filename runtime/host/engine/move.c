/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "engine/steering.h"
#include "engine/tend.h"

struct change {
	struct fp_stage *input;
	const uint8_t *moves;
};

static void hold(struct fp_worker *worker, void *more)
{
	struct fp_stage *input = ((struct change *)more)->input;

	(void)worker;
	input->held = true;
}

/* Takes what the input has handed to this worker. */
static void fetch_handed(struct fp_worker *worker, const struct fp_stage *input)
{
	for (unsigned i = 0; i < worker->shares; i++) {
		struct fp_share *share = worker->share[i];

		for (unsigned j = 0; j < share->sources; j++)
			if (share->source[j]->ring && strcmp(share->source[j]->name, input->name) == 0)
				fp_share_flush(share, share->source[j]);
	}
}

/* Until the workers that have the ports have taken what this one has sent. */
static void wait_for_rings(struct fp_worker *worker)
{
	for (unsigned i = 0; i < worker->shares; i++) {
		const struct fp_share *share = worker->share[i];

		for (unsigned j = 0; j < share->stages; j++)
			while (share->stage[j]->kind->is_sink && share->stage[j]->ring && fp_ring_waiting(share->stage[j]->ring))
				;
	}
}

static void let_through(struct fp_worker *worker, void *more)
{
	const struct change *change = more;

	fetch_handed(worker, change->input);
	fp_worker_drain(worker);
	wait_for_rings(worker);
}

static void redirect(struct fp_worker *worker, void *more)
{
	const struct change *change = more;

	(void)worker;
	memcpy(change->input->steering->worker, change->moves, FP_STEERING_GROUPS);
	change->input->held = false;
}

void fp_move_groups(struct fp_engine *engine, struct fp_stage *input, const uint8_t *moves)
{
	struct change change = {input, moves};
	struct fp_worker *home = &engine->worker[input->home];

	fp_worker_order(home, hold, &change);
	for (unsigned i = 0; i < engine->workers; i++)
		if (input->workers & 1u << i)
			fp_worker_order(&engine->worker[i], let_through, &change);
	fp_worker_order(home, redirect, &change);
}
