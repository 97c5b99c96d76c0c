/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange.h"

#include <stdlib.h>

static bool shares(const struct fp_stage *stage)
{
	return stage && stage->port.type && stage->port.type->shares;
}

static size_t count_slots(const struct fp_build *build)
{
	return (size_t)build->plan->nodes * FP_WORKERS_MAX;
}

/* Whether one comes or goes. */
static bool is_needed(struct fp_build *build)
{
	const struct fp_engine *engine = build->engine;
	bool needed = false;

	fp_build_mark_kept(build);
	for (unsigned i = 0; i < engine->stages; i++)
		needed |= !engine->stage[i]->kept && shares(engine->stage[i]);
	for (size_t i = 0; i < count_slots(build); i++)
		needed |= build->is_new[i] && shares(build->stage[i]);
	return needed;
}

static unsigned collect(const struct fp_build *build, struct fp_port **ports)
{
	unsigned count = 0;

	for (size_t i = 0; i < count_slots(build); i++)
		if (shares(build->stage[i]))
			ports[count++] = &build->stage[i]->port;
	return count;
}

/* Devices are filled with buffers of shares that no worker has yet, too. */
static void own_new_pools(const struct fp_build *build, bool here)
{
	for (size_t i = 0; i < (size_t)build->plan->tenants * FP_WORKERS_MAX; i++)
		if (build->share_is_new[i] && build->share[i])
			build->share[i]->pool.owner = here ? pthread_self() : build->share[i]->worker->thread;
}

static void enter(struct fp_worker *worker, void *more)
{
	(void)worker;
	(void)more;
	fp_port_enter_thread();
}

static int arrange(const struct fp_build *build, struct fp_port *const *ports, unsigned count, struct fp_error *error)
{
	struct fp_engine *engine = build->engine;
	struct fp_pause pause[FP_WORKERS_MAX];
	int status;

	for (unsigned i = 0; count && i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], enter, NULL);
	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_pause(&engine->worker[i], &pause[i]);
	own_new_pools(build, true);
	status = fp_port_arrange(ports, count, error);
	own_new_pools(build, false);
	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_resume(&engine->worker[i], &pause[i]);
	return status;
}

int fp_arrange_ports(struct fp_build *build, struct fp_error *error)
{
	struct fp_port **ports;
	int status;

	if (!is_needed(build))
		return 0;
	ports = calloc(build->plan->nodes + 1, sizeof(*ports)); /* a node has one port, at home */
	if (!ports)
		return fp_fail(error, "no memory for %u ports", build->plan->nodes);
	status = arrange(build, ports, collect(build, ports), error);
	free(ports);
	return status;
}
