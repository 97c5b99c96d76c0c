/* SPDX-License-Identifier: Apache-2.0
 *
 * Updates of the graph: of all of it by the operator, of a tenant's part by the tenant.
 */
#include <string.h>

#include "engine/access_grants.h"
#include "engine/merge.h"
#include "engine/requests.h"
#include "event.h"
#include "options.h"

/* That a module was to be kept was about this change, not about those to come. */
static void forget_keep(const struct fp_plan *plan)
{
	for (unsigned i = 0; i < plan->nodes; i++)
		json_object_del((json_t *)plan->node[i].options, "keep");
}

/* Puts a plan in force, or frees it. */
static int enforce(struct fp_requests *requests, struct fp_plan *plan, struct fp_error *error)
{
	if (fp_engine_update(requests->engine, plan, error) < 0) {
		fp_plan_free(plan);
		return -1;
	}
	forget_keep(&requests->engine->plan);
	fp_event_emit(json_pack("{s:s, s:O}", "event", "graph", "graph", requests->engine->plan.root));
	return 0;
}

static int update_all(struct fp_requests *requests, const struct fp_asked *asked, json_t *graph, struct fp_error *error)
{
	const struct fp_module_sources sources = {asked->control,
						  json_object_get(requests->engine->plan.root, "nodes")};
	struct fp_plan plan;

	if (!asked->is_operator)
		return fp_fail(error, "only the operator replaces the whole graph; name your tenant, nodes and edges");
	if (fp_module_store_adopt(requests->store, json_object_get(graph, "nodes"), &sources, error) < 0 ||
	    fp_plan_read(&plan, graph, requests->store, error) < 0)
		return -1;
	return enforce(requests, &plan, error);
}

static int read_proposal(struct fp_proposal *proposal, const struct fp_asked *asked, struct fp_error *error)
{
	const char *what, *tenant;
	const struct fp_option rows[] = {
		{"do", FP_OPTION_TEXT, &what, true, 0, 0},
		{"tenant", FP_OPTION_TEXT, &tenant, true, 0, 0},
		{"nodes", FP_OPTION_ARRAY, &proposal->nodes, true, 0, FP_PLAN_NODES_MAX},
		{"edges", FP_OPTION_ARRAY, &proposal->edges, true, 0, FP_PLAN_EDGES_MAX},
		{"weight", FP_OPTION_INTEGER, &proposal->weight, false, 1, FP_WEIGHT_MAX},
		{"buffers", FP_OPTION_INTEGER, &proposal->buffers, false, 2 * FP_BATCH_MAX, FP_POOL_MAX},
		{"workers", FP_OPTION_ARRAY, &proposal->workers, false, 1, FP_WORKERS_MAX},
	};

	return fp_options_read(asked->request, "", rows, sizeof(rows) / sizeof(rows[0]), error);
}

static bool has_digest(const json_t *nodes, const char *tenant, const char *digest)
{
	const json_t *node;
	size_t i;

	json_array_foreach (nodes, i, node) {
		const char *owner = json_string_value(json_object_get(node, "tenant"));
		const char *found = json_string_value(json_object_get(json_object_get(node, "options"), "digest"));

		if (owner && found && strcmp(owner, tenant) == 0 && strcmp(found, digest) == 0)
			return true;
	}
	return false;
}

/* A tenant may speak by digest of modules it has: another's, that it has heard of, are not its to run. */
static int check_digests(const struct fp_plan *in_force, const struct fp_proposal *proposal, struct fp_error *error)
{
	const json_t *node;
	size_t i;

	json_array_foreach (proposal->nodes, i, node) {
		const char *digest = json_string_value(json_object_get(json_object_get(node, "options"), "digest"));

		if (digest && !has_digest(json_object_get(in_force->root, "nodes"), proposal->grant->tenant, digest))
			return fp_fail(error, "tenant %s runs no module with digest \"%.64s\": send it, sealed",
				       proposal->grant->tenant, digest);
	}
	return 0;
}

/* What a tenant's update must not have made anew. */
static void keep_others(struct fp_plan *plan, const char *tenant)
{
	for (unsigned i = 0; i < plan->nodes; i++) {
		struct fp_plan_node *node = &plan->node[i];

		node->keep = node->locked || strcmp(node->tenant->tenant.name, tenant) != 0;
	}
}

static int update_part(struct fp_requests *requests, const struct fp_asked *asked, const struct fp_grant *grant,
		       struct fp_error *error)
{
	struct fp_proposal proposal = {.grant = grant, .by = asked->user, .weight = -1, .buffers = -1};
	const struct fp_plan *in_force = &requests->engine->plan;
	const struct fp_module_sources sources = {asked->control, json_object_get(in_force->root, "nodes")};
	struct fp_plan plan;
	json_t *merged;
	int status;

	if (read_proposal(&proposal, asked, error) < 0 || check_digests(in_force, &proposal, error) < 0 ||
	    fp_module_store_adopt(requests->store, (json_t *)proposal.nodes, &sources, error) < 0)
		return -1;
	merged = fp_merge(in_force, &proposal, error);
	status = merged ? fp_plan_read(&plan, merged, requests->store, error) : -1;
	json_decref(merged);
	if (status < 0)
		return -1;
	if (fp_grant_check(grant, &plan, requests->store, error) < 0)
		return fp_plan_free(&plan), -1;
	keep_others(&plan, grant->tenant);
	return enforce(requests, &plan, error);
}

static int update_tenant(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	const struct fp_grant *grant = fp_access_find(&requests->engine->plan.access, asked->tenant);

	if (!asked->is_operator && !(grant && fp_grant_is_held_by(grant, asked->user.uid)))
		return fp_fail(error, "user %u is not one of tenant \"%.60s\"", asked->user.uid, asked->tenant);
	if (!grant)
		return fp_fail(error, "tenant \"%.60s\" has no rights: see \"access\"", asked->tenant);
	return update_part(requests, asked, grant, error);
}

int fp_request_update(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	json_t *graph = json_object_get(asked->request, "graph");
	int status;

	if (graph && asked->tenant)
		return fp_fail(error, "either \"graph\" or \"tenant\", not both");
	if (!graph && !asked->tenant)
		return fp_fail(error, "either \"graph\" or \"tenant\", with \"nodes\" and \"edges\", must be given");
	status = graph ? update_all(requests, asked, graph, error) : update_tenant(requests, asked, error);
	fp_module_store_tidy(requests->store, json_object_get(requests->engine->plan.root, "nodes"));
	fp_requests_admit(requests);
	return status;
}
