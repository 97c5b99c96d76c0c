/* SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/access_paths.h"
#include "engine/plan_files.h"
#include "options.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define BATCH_DEFAULT 32
#define DELAY_DEFAULT_US 50
#define DELAY_MAX_US 1000000
#define BUFFERS_DEFAULT 1024
#define CPU_MAX 1023

static int read_number(const json_t *list, size_t i, const char *where, int64_t most, struct fp_error *error)
{
	const json_t *value = json_array_get(list, i);

	if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > most)
		return fp_fail(error, "configuration: %s[%zu] must be an integer of 0 to %lld", where, i, (long long)most);
	return (int)json_integer_value(value);
}

static int read_cores(struct fp_plan *plan, const json_t *cores, struct fp_error *error)
{
	plan->workers = cores ? (unsigned)json_array_size(cores) : 1;
	for (unsigned i = 0; cores && i < plan->workers; i++) {
		plan->cpu[i] = read_number(cores, i, "cores", CPU_MAX, error);
		if (plan->cpu[i] < 0)
			return -1;
	}
	return 0;
}

static int read_workers(struct fp_plan *plan, struct fp_plan_tenant *tenant, const json_t *list, const char *where,
			struct fp_error *error)
{
	char path[64];

	snprintf(path, sizeof(path), "%s.workers", where);
	tenant->workers = list ? 0 : (uint32_t)((1ull << plan->workers) - 1);
	for (size_t i = 0; i < json_array_size(list); i++) {
		int worker = read_number(list, i, path, plan->workers - 1, error);

		if (worker < 0)
			return -1;
		tenant->workers |= 1u << worker;
	}
	return 0;
}

static struct fp_plan_tenant *find_tenant(const struct fp_plan *plan, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(plan->tenant[i].tenant.name, name) == 0)
			return &plan->tenant[i];
	return NULL;
}

static int read_tenant(struct fp_plan *plan, unsigned i, const json_t *object, struct fp_error *error)
{
	struct fp_plan_tenant *tenant = &plan->tenant[i];
	int64_t weight = 1, buffers = BUFFERS_DEFAULT;
	const json_t *workers = NULL;
	const char *name;
	char where[40];
	const struct fp_option rows[] = {
		{"name", FP_OPTION_TEXT, &name, true, 0, 0},
		{"weight", FP_OPTION_INTEGER, &weight, false, 1, FP_WEIGHT_MAX},
		{"buffers", FP_OPTION_INTEGER, &buffers, false, 2 * FP_BATCH_MAX, FP_POOL_MAX},
		{"workers", FP_OPTION_ARRAY, &workers, false, 1, FP_WORKERS_MAX},
	};

	snprintf(where, sizeof(where), "tenants[%u]", i);
	if (fp_options_read(object, where, rows, COUNT(rows), error) < 0 ||
	    fp_options_copy_name(tenant->tenant.name, sizeof(tenant->tenant.name), name, where, error) < 0)
		return -1;
	if (find_tenant(plan, i, name))
		return fp_fail(error, "configuration: two tenants have the name \"%s\"", name);
	tenant->tenant.weight = (uint32_t)weight;
	tenant->tenant.buffers = (uint32_t)buffers;
	return read_workers(plan, tenant, workers, where, error);
}

int fp_plan_find_node(const struct fp_plan *plan, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(plan->node[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int fail_kind(const char *where, const char *kind, struct fp_error *error)
{
	char known[120] = "";
	size_t used = 0;

	for (size_t i = 0; fp_stage_kinds[i] && used < sizeof(known); i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s", used ? ", " : "", fp_stage_kinds[i]->name);
	return fp_fail(error, "configuration: %s.kind is \"%.40s\"; known are %s", where, kind, known);
}

static int resolve_node(struct fp_plan *plan, unsigned i, const char *tenant, const char *kind, struct fp_error *error)
{
	struct fp_plan_node *node = &plan->node[i];
	char where[40], name[FP_INSTANCE_NAME];

	snprintf(where, sizeof(where), "nodes[%u]", i);
	if (fp_options_copy_name(name, sizeof(name), node->name, where, error) < 0)
		return -1;
	if (fp_plan_find_node(plan, i, node->name) >= 0)
		return fp_fail(error, "configuration: two nodes have the name \"%s\"", node->name);
	node->tenant = find_tenant(plan, plan->tenants, tenant);
	if (!node->tenant)
		return fp_fail(error, "configuration: node %s: there is no tenant \"%.60s\"", node->name, tenant);
	node->kind = fp_stage_kind_find(kind);
	return node->kind ? 0 : fail_kind(where, kind, error);
}

static int read_steer(struct fp_plan_node *node, const char *steer, struct fp_error *error)
{
	static const char *const names[FP_STEERS] = {"fixed", "load", "path"};

	for (int i = 0; i < FP_STEERS; i++) {
		node->steer = (enum fp_steer)i;
		if (node->kind->is_source && strcmp(steer, names[i]) == 0)
			return 0;
	}
	return fp_fail(error, "configuration: node %s: \"steer\" is fixed, load or path, and only of inputs", node->name);
}

static int read_user(struct fp_user *user, const json_t *by, const char *where, struct fp_error *error)
{
	int64_t uid, gid;
	char path[48];
	const struct fp_option rows[] = {
		{"uid", FP_OPTION_INTEGER, &uid, true, 0, UINT32_MAX - 1ll},
		{"gid", FP_OPTION_INTEGER, &gid, true, 0, UINT32_MAX - 1ll},
	};

	snprintf(path, sizeof(path), "%s.by", where);
	if (!by)
		return 0;
	if (fp_options_read(by, path, rows, COUNT(rows), error) < 0)
		return -1;
	*user = (struct fp_user){true, (uid_t)uid, (gid_t)gid};
	return 0;
}

/* A list of tenants that exist. */
static int check_names(const struct fp_plan *plan, const json_t *list, const char *where, const char *key,
		       struct fp_error *error)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (!json_is_string(item) || !find_tenant(plan, plan->tenants, json_string_value(item)))
			return fp_fail(error, "configuration: %s.%s[%zu] must be the name of a tenant", where, key, i);
	return 0;
}

static int check_open_to(const struct fp_plan *plan, const json_t *open_to, const char *where, struct fp_error *error)
{
	const char *gate;
	char canonical[24];
	json_t *tenants;

	json_object_foreach((json_t *)open_to, gate, tenants)
	{
		long number = strtol(gate, NULL, 10);

		snprintf(canonical, sizeof(canonical), "%ld", number);
		if (strcmp(gate, canonical) != 0 || number < 0 || number >= FP_GATES)
			return fp_fail(error, "configuration: %s.open_to: \"%.20s\" is no gate of 0 to %d", where, gate,
				       FP_GATES - 1);
		if (!json_is_array(tenants))
			return fp_fail(error, "configuration: %s.open_to.%s must be a list of tenants", where, gate);
		if (check_names(plan, tenants, where, "open_to", error) < 0)
			return -1;
	}
	return 0;
}

static int read_node(struct fp_plan *plan, unsigned i, const json_t *object, struct fp_error *error)
{
	struct fp_plan_node *node = &plan->node[i];
	const char *tenant, *kind, *steer = NULL;
	const json_t *open_to = NULL, *accept = NULL, *by = NULL;
	int64_t home = -1;
	char where[40];
	const struct fp_option rows[] = {
		{"name", FP_OPTION_TEXT, &node->name, true, 0, 0},
		{"tenant", FP_OPTION_TEXT, &tenant, true, 0, 0},
		{"kind", FP_OPTION_TEXT, &kind, true, 0, 0},
		{"worker", FP_OPTION_INTEGER, &home, false, 0, plan->workers - 1},
		{"steer", FP_OPTION_TEXT, &steer, false, 0, 0},
		{"options", FP_OPTION_OBJECT, &node->options, false, 0, 0},
		{"locked", FP_OPTION_BOOLEAN, &node->locked, false, 0, 0},
		{"open_to", FP_OPTION_OBJECT, &open_to, false, 0, 0},
		{"accept", FP_OPTION_ARRAY, &accept, false, 0, FP_TENANTS_MAX},
		{"by", FP_OPTION_OBJECT, &by, false, 0, 0},
	};

	snprintf(where, sizeof(where), "nodes[%u]", i);
	if (fp_options_read(object, where, rows, COUNT(rows), error) < 0 || resolve_node(plan, i, tenant, kind, error) < 0 ||
	    read_user(&node->by, by, where, error) < 0 || check_open_to(plan, open_to, where, error) < 0 ||
	    check_names(plan, accept, where, "accept", error) < 0)
		return -1;
	node->steer = FP_STEER_LOAD;
	if (steer && read_steer(node, steer, error) < 0)
		return -1;
	plan->steers_by_path |= node->steer == FP_STEER_PATH;
	node->home = home >= 0 ? (unsigned)home : (unsigned)__builtin_ctz(node->tenant->workers);
	return 0;
}

static int read_edge(struct fp_plan *plan, unsigned i, const json_t *object, struct fp_error *error)
{
	const char *from, *to;
	int64_t gate = 0;
	bool locked = false, is_default = false;
	int source, target;
	char where[40];
	const struct fp_option rows[] = {
		{"from", FP_OPTION_TEXT, &from, true, 0, 0},
		{"gate", FP_OPTION_INTEGER, &gate, false, 0, FP_GATES - 1},
		{"to", FP_OPTION_TEXT, &to, true, 0, 0},
		{"locked", FP_OPTION_BOOLEAN, &locked, false, 0, 0},
		{"default", FP_OPTION_BOOLEAN, &is_default, false, 0, 0},
	};

	snprintf(where, sizeof(where), "edges[%u]", i);
	if (fp_options_read(object, where, rows, COUNT(rows), error) < 0)
		return -1;
	source = fp_plan_find_node(plan, plan->nodes, from);
	target = fp_plan_find_node(plan, plan->nodes, to);
	if (source < 0 || target < 0)
		return fp_fail(error, "configuration: %s: there is no node \"%.60s\"", where, source < 0 ? from : to);
	plan->edge[i] = (struct fp_plan_edge){(unsigned)source, (unsigned)gate, (unsigned)target, is_default};
	return 0;
}

static bool is_replaced(const struct fp_plan *plan, const struct fp_plan_edge *edge)
{
	for (unsigned i = 0; edge->is_default && i < plan->edges; i++)
		if (plan->edge[i].from == edge->from && plan->edge[i].gate == edge->gate && !plan->edge[i].is_default)
			return true;
	return false;
}

/* Takes out the default edges of gates that others leave by. */
static void choose_edges(struct fp_plan *plan)
{
	unsigned i = 0;

	while (i < plan->edges) {
		if (is_replaced(plan, &plan->edge[i]))
			plan->edge[i] = plan->edge[--plan->edges];
		else
			i++;
	}
}

typedef int read_item(struct fp_plan *plan, unsigned i, const json_t *object, struct fp_error *error);

static int read_all(struct fp_plan *plan, const json_t *list, read_item *read, struct fp_error *error)
{
	for (unsigned i = 0; i < json_array_size(list); i++)
		if (read(plan, i, json_array_get(list, i), error) < 0)
			return -1;
	return 0;
}

static int make_room(struct fp_plan *plan, struct fp_error *error)
{
	plan->tenant = calloc(plan->tenants + 1, sizeof(*plan->tenant));
	plan->node = calloc(plan->nodes + 1, sizeof(*plan->node));
	plan->edge = calloc(plan->edges + 1, sizeof(*plan->edge));
	plan->order = calloc(plan->nodes + 1, sizeof(*plan->order));
	return plan->tenant && plan->node && plan->edge && plan->order ? 0 : fp_fail(error, "no memory for the graph");
}

static int read_root(struct fp_plan *plan, struct fp_error *error)
{
	const json_t *tenants, *nodes, *edges, *cores = NULL, *access = NULL;
	int64_t batch = BATCH_DEFAULT, delay = DELAY_DEFAULT_US;
	const struct fp_option rows[] = {
		{"cores", FP_OPTION_ARRAY, &cores, false, 1, FP_WORKERS_MAX},
		{"batch", FP_OPTION_INTEGER, &batch, false, 1, FP_BATCH_MAX},
		{"delay_us", FP_OPTION_INTEGER, &delay, false, 0, DELAY_MAX_US},
		{"tenants", FP_OPTION_ARRAY, &tenants, true, 1, FP_TENANTS_MAX},
		{"nodes", FP_OPTION_ARRAY, &nodes, true, 1, FP_PLAN_NODES_MAX},
		{"edges", FP_OPTION_ARRAY, &edges, true, 0, FP_PLAN_EDGES_MAX},
		{"access", FP_OPTION_OBJECT, &access, false, 0, 0},
		{"allow_unprotected", FP_OPTION_BOOLEAN, &plan->trust.allow_unprotected, false, 0, 0},
		{"allow_unverified", FP_OPTION_BOOLEAN, &plan->trust.allow_unverified, false, 0, 0},
	};

	if (fp_options_read(plan->root, "", rows, COUNT(rows), error) < 0 || read_cores(plan, cores, error) < 0 ||
	    fp_access_read(&plan->access, access, error) < 0)
		return -1;
	plan->batch = (uint32_t)batch;
	plan->delay_us = (uint32_t)delay;
	plan->tenants = (unsigned)json_array_size(tenants);
	plan->nodes = (unsigned)json_array_size(nodes);
	plan->edges = (unsigned)json_array_size(edges);
	if (make_room(plan, error) < 0 || read_all(plan, tenants, read_tenant, error) < 0 ||
	    read_all(plan, nodes, read_node, error) < 0 || read_all(plan, edges, read_edge, error) < 0)
		return -1;
	choose_edges(plan);
	/* First, as its reasons say most: what goes round a mandatory node often leaves it without packets, too. */
	if (fp_access_check(plan, error) < 0 || fp_plan_check(plan, error) < 0)
		return -1;
	return fp_plan_check_files(plan, error);
}

int fp_plan_read(struct fp_plan *plan, json_t *root, const struct fp_module_store *store, struct fp_error *error)
{
	*plan = (struct fp_plan){.root = json_incref(root), .trust = {.store = store}};
	if (!json_is_object(root))
		return fp_plan_free(plan), fp_fail(error, "configuration: graph must be an object");
	if (read_root(plan, error) == 0)
		return 0;
	fp_plan_free(plan);
	return -1;
}

void fp_plan_free(struct fp_plan *plan)
{
	fp_access_free(&plan->access);
	free(plan->tenant);
	free(plan->node);
	free(plan->edge);
	free(plan->order);
	json_decref(plan->root);
	*plan = (struct fp_plan){0};
}
