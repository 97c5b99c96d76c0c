/* SPDX-License-Identifier: Apache-2.0 */
#include "access_grants.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#define PORT_TEXT 4200

struct sums {
	int64_t nodes, heap_bytes;
};

static bool matches(const json_t *patterns, const char *text)
{
	const json_t *pattern;
	size_t i;

	json_array_foreach (patterns, i, pattern)
		if (fnmatch(json_string_value(pattern), text, FNM_PATHNAME | FNM_NOESCAPE) == 0)
			return true;
	return false;
}

/* A path that could mean another than the pattern saw: with "." or ".." or empty steps. */
static bool is_devious(const char *path)
{
	const char *step = path;

	while ((step = strchr(step, '/'))) {
		size_t len = strcspn(++step, "/");

		if (len == 0 || (len == 1 && step[0] == '.') || (len == 2 && step[0] == '.' && step[1] == '.'))
			return true;
	}
	return false;
}

static int fail_right(const struct fp_grant *grant, const struct fp_plan_node *node, const char *what, const char *which,
		      struct fp_error *error)
{
	return fp_fail(error, "node %s: tenant %s has no right to %s \"%.200s\"", node->name, grant->tenant, what, which);
}

static int check_file(const struct fp_grant *grant, const struct fp_plan_node *node, const char *key,
		      struct fp_error *error)
{
	const char *path = json_string_value(json_object_get(node->options, key));

	if (!path)
		return 0;
	if (path[0] != '/' || is_devious(path))
		return fp_fail(error, "node %s: %s must be an absolute path without . or ..: \"%.200s\"", node->name, key, path);
	return matches(grant->files, path) ? 0 : fail_right(grant, node, "file", path, error);
}

/* Every text of a port's options is one it could reach something by, so each needs its right. */
static int check_port(const struct fp_grant *grant, const struct fp_plan_node *node, struct fp_error *error)
{
	const char *type = json_string_value(json_object_get(node->options, "type")), *key;
	char port[PORT_TEXT];
	bool has_text = false;
	json_t *value;

	if (!type)
		return fp_fail(error, "node %s: its port has no type", node->name);
	json_object_foreach((json_t *)node->options, key, value)
	{
		const char *text = json_string_value(value);

		if (json_is_object(value) || json_is_array(value))
			return fp_fail(error, "node %s: %.40s of its port is no plain value", node->name, key);
		if (!text || strcmp(key, "type") == 0)
			continue;
		has_text = true;
		if ((size_t)snprintf(port, sizeof(port), "%s:%s", type, text) >= sizeof(port) || is_devious(text) ||
		    !matches(grant->ports, port))
			return fail_right(grant, node, "port", port, error);
	}
	return has_text || matches(grant->ports, type) ? 0 : fail_right(grant, node, "port", type, error);
}

/* Frames that a port makes up are host memory, as packet buffers are. */
static int check_frames(const struct fp_grant *grant, const struct fp_plan_node *node, struct fp_error *error)
{
	json_int_t count = json_integer_value(json_object_get(node->options, "count"));

	if (count > grant->max_buffers)
		return fp_fail(error, "node %s: %lld frames; tenant %s may have %lld", node->name, (long long)count,
			       grant->tenant, (long long)grant->max_buffers);
	return check_port(grant, node, error);
}

static int64_t read_number(const json_t *options, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(options, key);

	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

static int check_budget(const struct fp_plan_node *node, const char *key, int64_t asked, int64_t most,
			struct fp_error *error)
{
	if (asked <= most)
		return 0;
	return fp_fail(error, "node %s: %s is %lld; tenant %s may have %lld", node->name, key, (long long)asked,
		       node->tenant->tenant.name, (long long)most);
}

static int check_options_of_module(const struct fp_grant *grant, const struct fp_plan_node *node, struct fp_error *error)
{
	int64_t budget = read_number(node->options, "budget_us", FP_NODE_BUDGET_DEFAULT_US);
	int64_t init_budget = read_number(node->options, "init_budget_us", FP_NODE_INIT_BUDGET_DEFAULT_US);

	if (check_budget(node, "budget_us", budget, grant->max_budget_us, error) < 0 ||
	    check_budget(node, "init_budget_us", init_budget, grant->max_init_budget_us, error) < 0)
		return -1;
	return check_file(grant, node, "args", error) < 0 ? -1 : check_file(grant, node, "fault_capture", error);
}

/* Instances, not nodes: each worker has its own. */
static int add_heap(const struct fp_grant *grant, const struct fp_plan_node *node, struct sums *sums, struct fp_error *error)
{
	int64_t heap = read_number(node->options, "heap_bytes", FP_NODE_HEAP_DEFAULT);

	if (heap < 0 || heap > grant->max_heap_bytes)
		sums->heap_bytes = INT64_MAX;
	else
		sums->heap_bytes += heap * __builtin_popcount(fp_plan_workers(node));
	if (sums->heap_bytes <= grant->max_heap_bytes)
		return 0;
	return fp_fail(error, "node %s: with heap_bytes %lld on each worker tenant %s has more than the %lld it may have",
		       node->name, (long long)heap, grant->tenant, (long long)grant->max_heap_bytes);
}

static int check_kind(const struct fp_grant *grant, const struct fp_plan_node *node, struct fp_error *error)
{
	if (!fp_access_lists(grant->kinds, node->kind->name))
		return fail_right(grant, node, "kind", node->kind->name, error);
	if (!(node->tenant->workers & 1u << node->home))
		return fp_fail(error, "node %s: tenant %s does not run on worker %u", node->name, grant->tenant, node->home);
	if (node->kind == &fp_stage_input || node->kind == &fp_stage_output)
		return check_frames(grant, node, error);
	return node->kind == &fp_stage_mirror ? check_file(grant, node, "path", error) : 0;
}

static int check_node(const struct fp_grant *grant, const struct fp_plan_node *node, struct sums *sums,
		      struct fp_error *error)
{
	if (++sums->nodes > grant->max_nodes)
		return fp_fail(error, "node %s: tenant %s may have %lld nodes of its own", node->name, grant->tenant,
			       (long long)grant->max_nodes);
	if (check_kind(grant, node, error) < 0)
		return -1;
	if (node->kind != &fp_stage_module)
		return 0;
	return check_options_of_module(grant, node, error) < 0 ? -1 : add_heap(grant, node, sums, error);
}

static bool is_in_question(const struct fp_grant *grant, const struct fp_plan_node *node)
{
	return node->by.known && strcmp(node->tenant->tenant.name, grant->tenant) == 0;
}

int fp_grant_check(const struct fp_grant *grant, const struct fp_plan *plan, const struct fp_module_store *store,
		   struct fp_error *error)
{
	struct sums sums = {0};

	for (unsigned i = 0; i < plan->nodes; i++)
		if (is_in_question(grant, &plan->node[i]) && check_node(grant, &plan->node[i], &sums, error) < 0)
			return -1;
	/* Last, as it is dear. */
	for (unsigned i = 0; i < plan->nodes; i++)
		if (is_in_question(grant, &plan->node[i]) && plan->node[i].kind == &fp_stage_module &&
		    fp_grant_check_module(grant, &plan->node[i], plan, store, error) < 0)
			return -1;
	return 0;
}
