/* SPDX-License-Identifier: Apache-2.0
 *
 * Mandatory rules: {"from": F, "through": T} says that every packet that leaves node F comes to node T before it comes to
 * an output or to any node that a tenant put there. Drops may come before, and nodes of the operator's. So nobody
 * takes packets round T, and nobody sees or changes them before T did. If F is an input, no other input may receive from
 * its port. Several nodes in order are a chain of rules: F through T, T through U.
 */
#include "access_paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "options.h"

struct rule {
	unsigned from, through;
};

/* A walk along the edges, depth first, that stops at `rule.through`. */
struct walk {
	const struct fp_plan *plan;
	struct rule rule;
	int *parent; /* of each node that was reached; -1: not reached */
};

static int find_rule_node(const struct fp_plan *plan, const char *name, size_t i, struct fp_error *error)
{
	int node = fp_plan_find_node(plan, plan->nodes, name);

	return node >= 0 ? node : fp_fail(error, "configuration: access.mandatory[%zu]: there is no node \"%.60s\"", i, name);
}

static int read_rule(const struct fp_plan *plan, size_t i, struct rule *rule, struct fp_error *error)
{
	const char *from, *through;
	char where[48];
	int source, target;
	const struct fp_option rows[] = {
		{"from", FP_OPTION_TEXT, &from, true, 0, 0},
		{"through", FP_OPTION_TEXT, &through, true, 0, 0},
	};

	snprintf(where, sizeof(where), "access.mandatory[%zu]", i);
	if (fp_options_read(json_array_get(plan->access.mandatory, i), where, rows, 2, error) < 0)
		return -1;
	source = find_rule_node(plan, from, i, error);
	target = source < 0 ? -1 : find_rule_node(plan, through, i, error);
	if (target < 0)
		return -1;
	if (source == target)
		return fp_fail(error, "configuration: %s: from and through are the same node", where);
	*rule = (struct rule){(unsigned)source, (unsigned)target};
	return 0;
}

/* Appends what the edges of `node` lead to and was not reached before. */
static void follow_edges(struct walk *walk, unsigned node, unsigned *order, unsigned *count)
{
	const struct fp_plan *plan = walk->plan;

	for (unsigned i = 0; i < plan->edges; i++) {
		if (plan->edge[i].from != node || walk->parent[plan->edge[i].to] >= 0)
			continue;
		walk->parent[plan->edge[i].to] = (int)node;
		order[(*count)++] = plan->edge[i].to;
	}
}

/* Reaches all it can from `node` without going on at rule.through; `order` lists what was reached, `node` first. */
static unsigned reach(struct walk *walk, unsigned node, unsigned *order)
{
	unsigned count = 0;

	for (unsigned i = 0; i < walk->plan->nodes; i++)
		walk->parent[i] = -1;
	walk->parent[node] = (int)node;
	order[count++] = node;
	for (unsigned at = 0; at < count; at++)
		if (order[at] != walk->rule.through)
			follow_edges(walk, order[at], order, &count);
	return count;
}

static bool is_exit(const struct fp_plan_node *node)
{
	return node->kind->is_sink && node->kind != &fp_stage_drop_kind;
}

/* "a -> b -> c" of the way to `node`, as far as the walk knows it. */
static size_t write_way(const struct walk *walk, unsigned node, char *text, size_t size)
{
	size_t used = 0;

	if (walk->parent[node] != (int)node)
		used = write_way(walk, (unsigned)walk->parent[node], text, size);
	if (used >= size)
		return used;
	return used + (size_t)snprintf(text + used, size - used, "%s%s", used ? " -> " : "", walk->plan->node[node].name);
}

/* The text after a refusal: how packets would go from rule.from to `node`, and from there out, if they could. */
static int fail_rule(struct walk *walk, unsigned node, unsigned *order, struct fp_error *error)
{
	const struct fp_plan *plan = walk->plan;
	const char *through = plan->node[walk->rule.through].name;
	char way[400];
	size_t used = write_way(walk, node, way, sizeof(way));
	unsigned count = reach(walk, node, order);

	for (unsigned i = 0; i < count; i++) {
		if (!is_exit(&plan->node[order[i]]))
			continue;
		if (order[i] != node && used < sizeof(way)) {
			char rest[400];

			write_way(walk, order[i], rest, sizeof(rest));
			snprintf(way + used, sizeof(way) - used, "%s", rest + strlen(plan->node[node].name));
		}
		return fp_fail(error, "%s does not pass %s", way, through);
	}
	return fp_fail(error, "%s comes before %s", way, through);
}

static int check_rule(struct walk *walk, unsigned *order, struct fp_error *error)
{
	const struct fp_plan *plan = walk->plan;
	unsigned count = reach(walk, walk->rule.from, order);

	for (unsigned i = 1; i < count; i++) {
		const struct fp_plan_node *node = &plan->node[order[i]];

		if (order[i] == walk->rule.through || node->kind == &fp_stage_drop_kind)
			continue;
		if (is_exit(node) || node->by.known)
			return fail_rule(walk, order[i], order, error);
	}
	return 0;
}

static bool is_same_resource(const char *a, const char *b)
{
	struct stat first, second;

	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Where an input receives from; NULL if it makes its packets up. */
static const char *resource_of(const json_t *options)
{
	static const char *const keys[] = {"path", "interface", "device"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *text = json_string_value(json_object_get(options, keys[i]));

		if (text)
			return text;
	}
	return NULL;
}

static int check_port(const struct fp_plan *plan, const struct rule *rule, struct fp_error *error)
{
	const struct fp_plan_node *from = &plan->node[rule->from];
	const char *resource = from->kind == &fp_stage_input ? resource_of(from->options) : NULL;

	for (unsigned i = 0; resource && i < plan->nodes; i++) {
		const struct fp_plan_node *node = &plan->node[i];
		const char *other = node->kind == &fp_stage_input ? resource_of(node->options) : NULL;

		if (i != rule->from && other && is_same_resource(resource, other))
			return fp_fail(error, "node %s receives from the port of %s, whose packets must pass %s", node->name,
				       from->name, plan->node[rule->through].name);
	}
	return 0;
}

static int check_tenants(const struct fp_plan *plan, struct fp_error *error)
{
	for (unsigned i = 0; i < plan->access.grants; i++) {
		bool found = false;

		for (unsigned j = 0; j < plan->tenants; j++)
			found |= strcmp(plan->access.grant[i].tenant, plan->tenant[j].tenant.name) == 0;
		if (!found)
			return fp_fail(error, "configuration: access.tenants: there is no tenant \"%.60s\"",
				       plan->access.grant[i].tenant);
	}
	return 0;
}

int fp_access_check(const struct fp_plan *plan, struct fp_error *error)
{
	struct walk walk = {.plan = plan, .parent = calloc(plan->nodes + 1, sizeof(int))};
	unsigned *order = calloc(plan->nodes + 1, sizeof(*order));
	int status = walk.parent && order ? check_tenants(plan, error) : fp_fail(error, "no memory for the graph");

	for (size_t i = 0; status == 0 && i < json_array_size(plan->access.mandatory); i++) {
		status = read_rule(plan, i, &walk.rule, error);
		if (status == 0)
			status = check_rule(&walk, order, error);
		if (status == 0)
			status = check_port(plan, &walk.rule, error);
	}
	free(walk.parent);
	free(order);
	return status;
}
