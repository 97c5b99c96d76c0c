/* SPDX-License-Identifier: Apache-2.0
 *
 * Restarts of modules that faulted: a new instance is made on the control thread while the worker goes on with what
 * else it has, and is handed over between two batches.
 */
#include "engine/tend.h"

static void set_running(struct fp_worker *worker, void *more)
{
	struct fp_stage *stage = more;

	(void)worker;
	stage->node.state = FP_NODE_RUNNING;
}

struct search {
	struct fp_stage *found;
	bool others; /* more of them wait */
};

static void consider(struct search *search, struct fp_stage *stage)
{
	if (stage->kind != &fp_stage_module || stage->node.state != FP_NODE_WAITING)
		return;
	if (search->found || !fp_node_is_due(&stage->node))
		search->others = true;
	else
		search->found = stage;
}

/* An order: finds the next stage that waits for its restart and whose time has come. */
static void find_due(struct fp_worker *worker, void *more)
{
	struct search *search = more;

	for (unsigned i = 0; i < worker->shares; i++)
		for (unsigned j = 0; j < worker->share[i]->stages; j++)
			consider(search, worker->share[i]->stage[j]);
}

void fp_tend_restarts(struct fp_worker *worker)
{
	struct search search = {0};

	if (!atomic_load_explicit(&worker->waiting, memory_order_relaxed))
		return;
	atomic_store_explicit(&worker->waiting, false, memory_order_relaxed);
	fp_worker_order(worker, find_due, &search);
	if (search.found && fp_node_restart(&search.found->node) == 0)
		fp_worker_order(worker, set_running, search.found);
	if (search.found || search.others)
		atomic_store_explicit(&worker->waiting, true, memory_order_relaxed);
}
