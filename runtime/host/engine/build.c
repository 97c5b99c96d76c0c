/* SPDX-License-Identifier: Apache-2.0 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "engine/steering.h"

#define AT(build, index, worker) ((size_t)(index)*FP_WORKERS_MAX + (worker))

/* Stages of a node or shares of a tenant are kept by worker. */
static struct fp_share *find_share(const struct fp_worker *worker, const struct fp_tenant *tenant)
{
	for (unsigned i = 0; i < worker->shares; i++) {
		struct fp_share *share = worker->share[i];

		if (strcmp(share->tenant.name, tenant->name) == 0 && share->tenant.buffers == tenant->buffers)
			return share;
	}
	return NULL;
}

/* The tenant's share of a worker, made if it is not there yet. */
static struct fp_share *get_share(struct fp_build *build, unsigned tenant, unsigned worker, struct fp_error *error)
{
	size_t at = AT(build, tenant, worker);
	const struct fp_tenant *wanted = &build->plan->tenant[tenant].tenant;
	struct fp_wiring *wiring = &build->wiring[worker];

	if (build->share[at])
		return build->share[at];
	build->share[at] = find_share(&build->engine->worker[worker], wanted);
	if (!build->share[at]) {
		build->share[at] = fp_share_create(wanted, &build->engine->worker[worker], error);
		build->share_is_new[at] = true;
	}
	if (!build->share[at])
		return NULL;
	wiring->weight[wiring->shares] = wanted->weight;
	return wiring->share[wiring->shares++] = build->share[at];
}

/* That a module is to be kept says nothing about the module. */
static bool have_same_options(const struct fp_stage *a, const struct fp_stage *b)
{
	json_t *first = json_copy(a->options), *second = json_copy(b->options);
	bool same;

	json_object_del(first, "keep");
	json_object_del(second, "keep");
	same = json_equal(first, second);
	json_decref(first);
	json_decref(second);
	return same;
}

static bool is_as_asked(const struct fp_stage *stage, const struct fp_stage *wanted, const struct fp_trust *trust,
			bool keep)
{
	if (stage->worker != wanted->worker || stage->kind != wanted->kind || stage->home != wanted->home ||
	    stage->share != wanted->share || stage->workers != wanted->workers ||
	    strcmp(stage->name, wanted->name) != 0 || !have_same_options(stage, wanted))
		return false;
	return keep || !wanted->kind->is_same || wanted->kind->is_same(stage, wanted, trust);
}

static struct fp_stage *find_stage(const struct fp_build *build, const struct fp_stage *wanted, bool keep)
{
	for (unsigned i = 0; i < build->engine->stages; i++)
		if (is_as_asked(build->engine->stage[i], wanted, &build->plan->trust, keep))
			return build->engine->stage[i];
	return NULL;
}

/* A stage that is only described. */
static struct fp_stage *describe(const struct fp_plan_node *node, unsigned worker, struct fp_share *share)
{
	struct fp_stage *stage = aligned_alloc(64, (sizeof(*stage) + 63) / 64 * 64);

	if (!stage)
		return NULL;
	memset(stage, 0, sizeof(*stage));
	strcpy(stage->name, node->name);
	stage->kind = node->kind;
	stage->share = share;
	stage->worker = worker;
	stage->home = node->home;
	stage->workers = node->kind->is_source ? node->tenant->workers : 0;
	stage->options = node->options ? json_copy((json_t *)node->options) : json_object();
	return stage;
}

static void forget(struct fp_stage *stage)
{
	json_decref(stage->options);
	free(stage);
}

static int get_stage(struct fp_build *build, unsigned index, unsigned worker, struct fp_error *error)
{
	const struct fp_plan_node *node = &build->plan->node[index];
	unsigned tenant = (unsigned)(node->tenant - build->plan->tenant);
	struct fp_share *share = get_share(build, tenant, worker, error);
	struct fp_stage *wanted = share ? describe(node, worker, share) : NULL;
	size_t at = AT(build, index, worker);

	if (!wanted)
		return share ? fp_fail(error, "no memory for node %s", node->name) : -1;
	build->stage[at] = find_stage(build, wanted, node->keep);
	if (build->stage[at])
		return forget(wanted), 0;
	if (node->kind->create(wanted, &build->plan->trust, error) < 0) {
		fp_stage_free(wanted);
		return -1;
	}
	build->stage[at] = wanted;
	build->is_new[at] = true;
	return 0;
}

static int get_stages_of(struct fp_build *build, unsigned index, struct fp_error *error)
{
	uint32_t workers = fp_plan_workers(&build->plan->node[index]);

	for (unsigned worker = 0; worker < build->engine->workers; worker++)
		if (workers & 1u << worker && get_stage(build, index, worker, error) < 0)
			return -1;
	return 0;
}

static int get_stages(struct fp_build *build, struct fp_error *error)
{
	int status = 0;

	for (unsigned i = 0; status == 0 && i < build->plan->nodes; i++) {
		fp_open_for(&build->plan->node[i].by);
		status = get_stages_of(build, i, error);
	}
	fp_open_for(NULL);
	return status;
}

/* Rings from an input's home to the other workers, and a table that spreads the flow groups evenly. */
static int make_steering(struct fp_build *build, unsigned index, struct fp_wired *wired, struct fp_error *error)
{
	const struct fp_plan_node *node = &build->plan->node[index];
	uint32_t workers = node->tenant->workers;
	struct fp_steering *steering = wired->stage->steering;
	unsigned next = 0;

	if (steering || workers == 1u << node->home)
		return wired->steering = steering, 0;
	steering = calloc(1, sizeof(*steering));
	if (!steering)
		return fp_fail(error, "no memory for the flow table of %s", node->name);
	wired->steering = steering;
	for (unsigned worker = 0; worker < build->engine->workers; worker++)
		if (worker != node->home && workers & 1u << worker)
			steering->ring[worker] = build->stage[AT(build, index, worker)]->ring;
	for (unsigned group = 0; group < FP_STEERING_GROUPS; group++) {
		while (!(workers & 1u << next))
			next = (next + 1) % build->engine->workers;
		fp_steering_set(&steering->table, group, next);
		next = (next + 1) % build->engine->workers;
	}
	return 0;
}

/* The rings on which other workers hand frames to an output. */
static void add_rings(const struct fp_build *build, unsigned index, struct fp_wired *wired)
{
	for (unsigned worker = 0; worker < build->engine->workers; worker++) {
		const struct fp_stage *other = build->stage[AT(build, index, worker)];

		if (other && other != wired->stage)
			wired->from[wired->rings++] = other->ring;
	}
}

static int wire(struct fp_build *build, unsigned index, unsigned worker, struct fp_error *error)
{
	const struct fp_plan_node *node = &build->plan->node[index];
	struct fp_wiring *wiring = &build->wiring[worker];
	struct fp_wired *wired = &wiring->wired[wiring->count];

	*wired = (struct fp_wired){.stage = build->stage[AT(build, index, worker)]};
	if (!wired->stage)
		return 0;
	wiring->count++;
	wired->path = build->engine->workers > 1 ? node->path : 0;
	for (unsigned i = 0; i < build->plan->edges; i++)
		if (build->plan->edge[i].from == index)
			wired->gate[build->plan->edge[i].gate] = build->stage[AT(build, build->plan->edge[i].to, worker)];
	if (node->kind == &fp_stage_output && worker == node->home)
		add_rings(build, index, wired);
	if (node->kind == &fp_stage_input && worker == node->home)
		return make_steering(build, index, wired, error);
	return 0;
}

static int wire_worker(struct fp_build *build, unsigned worker, struct fp_error *error)
{
	build->wiring[worker].wired = calloc(build->plan->nodes + 1, sizeof(struct fp_wired));
	if (!build->wiring[worker].wired)
		return fp_fail(error, "no memory for the graph");
	for (unsigned i = 0; i < build->plan->nodes; i++)
		if (wire(build, build->plan->order[i], worker, error) < 0)
			return -1;
	return 0;
}

static int wire_all(struct fp_build *build, struct fp_error *error)
{
	for (unsigned worker = 0; worker < build->engine->workers; worker++)
		if (wire_worker(build, worker, error) < 0)
			return -1;
	return 0;
}

static int note_old_shares(struct fp_build *build, struct fp_error *error)
{
	const struct fp_engine *engine = build->engine;

	build->old_share = calloc((size_t)engine->workers * FP_TENANTS_MAX, sizeof(struct fp_share *));
	if (!build->old_share)
		return fp_fail(error, "no memory for the graph");
	for (unsigned i = 0; i < engine->workers; i++)
		for (unsigned j = 0; j < engine->worker[i].shares; j++)
			build->old_share[build->old_shares++] = engine->worker[i].share[j];
	return 0;
}

int fp_build_create(struct fp_build *build, struct fp_engine *engine, const struct fp_plan *plan, struct fp_error *error)
{
	size_t nodes = AT(build, plan->nodes, 0), tenants = AT(build, plan->tenants, 0);

	*build = (struct fp_build){.engine = engine, .plan = plan};
	if (plan->workers != engine->workers)
		return fp_fail(error, "configuration: %u cores, but %u workers run; cores are chosen when fphost starts",
			       plan->workers, engine->workers);
	build->stage = calloc(nodes, sizeof(*build->stage));
	build->is_new = calloc(nodes, sizeof(*build->is_new));
	build->share = calloc(tenants, sizeof(*build->share));
	build->share_is_new = calloc(tenants, sizeof(*build->share_is_new));
	if (!build->stage || !build->is_new || !build->share || !build->share_is_new)
		return fp_fail(error, "no memory for the graph");
	if (note_old_shares(build, error) < 0 || get_stages(build, error) < 0)
		return -1;
	return wire_all(build, error);
}
