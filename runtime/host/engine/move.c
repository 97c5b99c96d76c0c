/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "clock.h"
#include "engine/steering.h"
#include "engine/tend.h"

struct change {
	struct fp_stage *input;
	const struct fp_steering_table *table;
};

static void hold(struct fp_worker *worker, void *more)
{
	struct fp_stage *input = ((struct change *)more)->input;

	(void)worker;
	input->held = true;
}

static void take_all(struct fp_worker *worker, struct fp_stage *source)
{
	do
		fp_worker_drain(worker);
	while (!fp_share_has_room(source->share) || source->kind->poll(source, fp_clock_ticks()));
}

/* Takes what the input has handed to this share through the graph. */
static void fetch_handed(struct fp_worker *worker, struct fp_share *share, const struct fp_stage *input)
{
	for (unsigned i = 0; i < share->sources; i++)
		if (share->source[i]->ring && strcmp(share->source[i]->name, input->name) == 0)
			take_all(worker, share->source[i]);
}

/* Until the workers that have the ports have taken what this share has sent. */
static void wait_for_rings(const struct fp_share *share)
{
	for (unsigned i = 0; i < share->stages; i++)
		while (share->stage[i]->kind->is_sink && share->stage[i]->ring && fp_ring_waiting(share->stage[i]->ring))
			;
}

static void let_through(struct fp_worker *worker, void *more)
{
	const struct change *change = more;

	for (unsigned i = 0; i < worker->shares; i++)
		fetch_handed(worker, worker->share[i], change->input);
	fp_worker_drain(worker);
	for (unsigned i = 0; i < worker->shares; i++)
		wait_for_rings(worker->share[i]);
}

static void redirect(struct fp_worker *worker, void *more)
{
	const struct change *change = more;

	(void)worker;
	change->input->steering->table = *change->table;
	change->input->held = false;
}

void fp_steer(struct fp_engine *engine, struct fp_stage *input, const struct fp_steering_table *table)
{
	struct change change = {input, table};
	struct fp_worker *home = &engine->worker[input->home];

	fp_worker_order(home, hold, &change);
	for (unsigned i = 0; i < engine->workers; i++)
		if (input->workers & 1u << i)
			fp_worker_order(&engine->worker[i], let_through, &change);
	fp_worker_order(home, redirect, &change);
}
